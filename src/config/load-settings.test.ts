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

it.each([
  ['PORT', 'abc', 'must be a number'],
  ['PORT', '4000.5', 'must be a whole number'],
  ['PORT', '70000', 'must be at most 65535'],
  ['DATABASE_POOL_SIZE', '1', 'must be at least 2'],
  ['SLOW_QUERY_MS', '0', 'must be above 0'],
  ['MAX_FILE_SIZE', 'lots', 'must be a size such as 500 MB or 2 GB'],
  ['DATABASE_URL', 'localhost', 'must look like postgresql://user:password@host:5432/clipwright'],
])('%s=%s: %s', (name, value, problem) => {
  expect(() => loadSettings({ [name]: value })).toThrow(`Some settings are not usable: ${name}: ${problem}`)
})

it.each(['postgres://ana@localhost/clips', 'postgresql:///clips?host=/run/postgresql', 'socket:/run/pg?db=clips'])(
  'takes %s for a database',
  (url) => expect(loadSettings({ DATABASE_URL: url }).DATABASE_URL).toBe(url),
)

it('keeps .env.example fresh', () => {
  expect(readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8')).toBe(envExample())
})
