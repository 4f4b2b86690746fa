import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { sayFileError } from './say-file-error.ts'

test('says what a code of the file system means', async () => {
  const cause: unknown = await readFile('/nowhere/talk.srt').catch((error: unknown) => error)
  expect(sayFileError(cause, 'read')).toBe('it is not there')
})

test('tells reading from writing', () => {
  const denied = Object.assign(new Error("EACCES: permission denied, open '/talk.srt'"), { code: 'EACCES' })
  expect(sayFileError(denied, 'read')).toBe('you may not read it')
  expect(sayFileError(denied, 'write')).toBe('you may not write there')
})

test("keeps the system's words for a code nobody foresaw", () => {
  expect(sayFileError(Object.assign(new Error('EXDEV: cross-device link'), { code: 'EXDEV' }), 'write')).toBe(
    'EXDEV: cross-device link',
  )
  expect(sayFileError('gone', 'read')).toBe('gone')
})
