import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFolder } from './make-folder.ts'

let place: string
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'clipwright-make-'))
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

test('makes all parents, and says which was the topmost', () => {
  expect(makeFolder(join(place, 'a/b/c'), { mode: 0o700 })).toBe(join(place, 'a'))
  expect(statSync(join(place, 'a/b/c')).mode & 0o777).toBe(0o700)
  expect(makeFolder(join(place, 'a/b/c/d'))).toBe(join(place, 'a/b/c/d'))
})

test('leaves a folder that is there, also behind a link', () => {
  mkdirSync(join(place, 'there'))
  symlinkSync(join(place, 'there'), join(place, 'link'))
  expect(makeFolder(join(place, 'there'))).toBeUndefined()
  expect(makeFolder(join(place, 'link'))).toBeUndefined()
  expect(readdirSync(place).sort()).toEqual(['link', 'there'])
})

test.each([
  ['a file', 'file', 'EEXIST'],
  ['below a file', 'file/deep/er', 'ENOTDIR'],
  ['a link that leads nowhere', 'astray', 'EEXIST'],
  ['a name that is too long', 'l'.repeat(300), 'ENAMETOOLONG'],
])('%s is the error of the system', (_, path, code) => {
  writeFileSync(join(place, 'file'), '')
  symlinkSync(join(place, 'nowhere'), join(place, 'astray'))
  expect(() => makeFolder(join(place, path))).toThrow(expect.objectContaining({ code }))
})

test.runIf(process.platform === 'linux')('comes back from where nobody can make a folder', () => {
  expect(() => makeFolder('/proc/clipwright/deep')).toThrow(expect.objectContaining({ code: 'ENOENT' }))
})
