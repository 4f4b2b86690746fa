import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AuthSecretUnusable, authSecret } from './auth-secret.ts'

let dataFolder: string
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'clipwright-secret-'))
})
afterEach(() => rm(dataFolder, { recursive: true, force: true }))

const settings = { AUTH_SECRET: undefined }

it('makes one for its owner’s eyes alone, and keeps it', async () => {
  const made = await authSecret({ settings, dataFolder })
  expect(made).toMatch(/^[\w-]{43}$/)
  expect(await authSecret({ settings, dataFolder })).toBe(made)
  expect((await stat(join(dataFolder, 'auth-secret'))).mode & 0o777).toBe(0o600)
})

it('makes one for all who start at once, and leaves nothing beside it', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => authSecret({ settings, dataFolder })))
  expect(new Set(made).size).toBe(1)
  expect(await readdir(dataFolder)).toEqual(['auth-secret'])
})

it('takes the one of the setting, and writes none', async () => {
  const given = 'a-secret-of-more-than-thirty-two-letters'
  expect(await authSecret({ settings: { AUTH_SECRET: given }, dataFolder })).toBe(given)
  expect(await readdir(dataFolder)).toEqual([])
})

it.each(['', 'too short\n'])('does not sign with what is left of one: %j', async (text) => {
  await writeFile(join(dataFolder, 'auth-secret'), text)
  await expect(authSecret({ settings, dataFolder })).rejects.toThrow(AuthSecretUnusable)
  expect(await readFile(join(dataFolder, 'auth-secret'), 'utf8')).toBe(text)
})

it('says so when it can’t be written', async () => {
  const missing = join(dataFolder, 'not', 'there')
  await expect(authSecret({ settings, dataFolder: missing })).rejects.toMatchObject({ code: 'AUTH_SECRET_UNUSABLE' })
})
