import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isSafeSocketFolder, removeSocketFolder, socketFolder } from './socket-folder.ts'

let parent: string
beforeEach(() => {
  parent = mkdtempSync('/tmp/clipwright-socket-')
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

const isRoot = process.getuid?.() === 0
const make = (parents = [parent]) => socketFolder({ cluster: '/data/postgresql/cluster', user: undefined, parents })

test('is private, and the same for the same cluster', () => {
  const folder = make()
  expect(lstatSync(folder).mode & 0o777).toBe(0o700)
  expect(isSafeSocketFolder(folder, undefined)).toBe(true)
  expect(make()).toBe(folder)
})

test('leaves room for the socket within the 107 bytes of a path', () => {
  expect(Buffer.byteLength(join(make(['/tmp']), '.s.PGSQL.5432'))).toBeLessThan(60)
  removeSocketFolder(make(['/tmp']))
})

test('a folder that someone else put there is not used, and not in the way', () => {
  const usual = make()
  chmodSync(usual, 0o777)
  const other = make()
  expect(other).not.toBe(usual)
  expect(isSafeSocketFolder(other, undefined)).toBe(true)
  expect(isSafeSocketFolder(usual, undefined)).toBe(false)
})

test('a link that someone else put there is not followed', () => {
  const usual = make()
  rmSync(usual, { recursive: true })
  const target = join(parent, 'theirs')
  mkdirSync(target, { mode: 0o700 })
  symlinkSync(target, usual)
  expect(make()).not.toBe(usual)
})

test.runIf(isRoot)('a folder of another user is not safe', () => {
  const folder = make()
  chownSync(folder, 1, 1)
  expect(isSafeSocketFolder(folder, undefined)).toBe(false)
  expect(isSafeSocketFolder(folder, { uid: 1, gid: 1 })).toBe(true)
})

test.runIf(isRoot)("the server's user gets a parent it can enter", () => {
  const closed = join(parent, 'closed')
  const open = join(parent, 'open')
  mkdirSync(closed, { mode: 0o700 })
  mkdirSync(open)
  chmodSync(parent, 0o755)
  chmodSync(open, 0o755)
  const user = { uid: 65534, gid: 65534 }
  const folder = socketFolder({ cluster: '/data', user, parents: [closed, open] })
  expect(folder.startsWith(open)).toBe(true)
  expect(lstatSync(folder).uid).toBe(65534)
})

test('the next parent is taken when the first is missing or too long; all reasons are told', () => {
  const missing = join(parent, 'missing')
  const long = join(parent, 'l'.repeat(80))
  expect(make([missing, long, parent]).startsWith(parent)).toBe(true)
  expect(() => make([missing, long])).toThrow(/does not exist; .* too long/)
})

test('only an empty folder is removed', () => {
  const folder = make()
  mkdirSync(join(folder, 'in-use'))
  removeSocketFolder(folder)
  expect(lstatSync(folder).isDirectory()).toBe(true)
})
