import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dataFolder } from './data-folder.ts'

let place: string
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'clipwright-data-'))
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

const none = { CLIPWRIGHT_DATA: undefined }

test('--data wins over CLIPWRIGHT_DATA', () => {
  const settings = { CLIPWRIGHT_DATA: join(place, 'setting') }
  expect(dataFolder({ flag: join(place, 'flag'), settings })).toBe(join(place, 'flag'))
  expect(dataFolder({ settings })).toBe(join(place, 'setting'))
})

test('is made with its parents, for its owner only', () => {
  const folder = dataFolder({ flag: join(place, 'a/b'), settings: none })
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('a relative one is told in full', () => {
  expect(dataFolder({ flag: relative('.', place), settings: none })).toBe(place)
})

test.runIf(process.platform === 'linux')("else the platform's usual place", () => {
  const program = `
    import { dataFolder } from './src/config/data-folder.ts'
    process.stdout.write(dataFolder({ settings: { CLIPWRIGHT_DATA: undefined } }))`
  const run = (env: NodeJS.ProcessEnv) =>
    execFileSync(process.execPath, ['--input-type=module-typescript', '-e', program], { env, encoding: 'utf8' })
  expect(run({ HOME: place })).toBe(join(place, '.local/share/clipwright'))
  expect(run({ HOME: place, XDG_DATA_HOME: join(place, 'xdg') })).toBe(join(place, 'xdg/clipwright'))
})

test.each([
  ['a file', (file: string) => file],
  ['below a file', (file: string) => join(file, 'data')],
])('%s is refused', (_, choose) => {
  const file = join(place, 'file')
  writeFileSync(file, '')
  expect(() => dataFolder({ flag: choose(file), settings: none })).toThrow(
    expect.objectContaining({ code: 'DATA_FOLDER_UNUSABLE', hint: expect.stringContaining('--data') }),
  )
})

test.runIf(process.getuid?.() !== 0)('one that may not be written to is refused', () => {
  const closed = join(place, 'closed')
  mkdirSync(closed, { mode: 0o500 })
  expect(() => dataFolder({ flag: closed, settings: none })).toThrow('you may not write there')
})

test('a path that is too long is refused', () => {
  expect(() => dataFolder({ flag: join(place, 'l'.repeat(300)), settings: none })).toThrow('the path is too long')
})

test.runIf(process.platform === 'linux')('a place where nobody can make a folder is refused', () => {
  expect(() => dataFolder({ flag: '/proc/clipwright/data', settings: none })).toThrow('no folder can be made there')
})
