import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { envExample } from './env-example.ts'
import { loadSettings } from './load-settings.ts'

it('has a default for everything', () => {
  expect(loadSettings({})).toMatchObject({ DATABASE_POOL_SIZE: 10, MAX_QUEUE_SIZE: 100, LOG_LEVEL: 'error' })
})

it('opens more connections in production, and what a command wants otherwise gives way to what is set', () => {
  const { DATABASE_POOL_SIZE, LOG_LEVEL } = loadSettings({ NODE_ENV: 'production' }, { LOG_LEVEL: 'warn' })
  expect([DATABASE_POOL_SIZE, LOG_LEVEL]).toEqual([50, 'warn'])
  const set = loadSettings(
    { NODE_ENV: 'production', DATABASE_POOL_SIZE: '7', LOG_LEVEL: 'error' },
    { LOG_LEVEL: 'warn' },
  )
  expect([set.DATABASE_POOL_SIZE, set.LOG_LEVEL]).toEqual([7, 'error'])
})

it('takes an empty value for none', () => {
  expect(loadSettings({ DATABASE_URL: '', MAX_CONCURRENT_JOBS: '' })).toMatchObject({
    DATABASE_URL: undefined,
    MAX_CONCURRENT_JOBS: undefined,
  })
})

it('names every problem at once', () => {
  expect(() => loadSettings({ DATABASE_POOL_SIZE: 'many', LOG_LEVEL: 'loud' })).toThrow(/DATABASE_POOL_SIZE.*LOG_LEVEL/)
})

it('keeps .env.example fresh', () => {
  expect(readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8')).toBe(envExample())
})
