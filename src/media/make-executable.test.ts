import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeExecutable } from './make-executable.ts'

let folder: string
let program: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-test-exec-'))
  await chmod(folder, 0o755)
  program = join(folder, 'tool')
  await writeFile(program, '#!/bin/sh\necho hello\n', { mode: 0o644 })
})

afterEach(() => rm(folder, { recursive: true, force: true }))

it('mends the right to run in place', async () => {
  expect(await makeExecutable(program)).toBe(program)
  expect((await stat(program)).mode & 0o777).toBe(0o755)
})

it('leaves a program alone that can be run', async () => {
  await chmod(program, 0o744)
  await makeExecutable(program)
  expect((await stat(program)).mode & 0o777).toBe(0o744)
})

it.skipIf(process.platform === 'win32' || process.getuid?.() !== 0)(
  'makes one private copy for a user who may not mend it',
  async () => {
    const home = join(folder, 'tmp')
    const code = `
      import { makeExecutable } from ${JSON.stringify(join(import.meta.dirname, 'make-executable.ts'))}
      console.log(await makeExecutable(${JSON.stringify(program)}))
      console.log(await makeExecutable(${JSON.stringify(program)}))`
    await promisify(execFile)('mkdir', ['-m', '777', home])
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
      uid: 65_534,
      gid: 65_534,
      env: { PATH: process.env['PATH'], TMPDIR: home },
      cwd: '/',
    })
    const [first, second] = stdout.trim().split('\n')
    expect(first).toContain(join(home, 'clipwright-65534'))
    expect(second).toBe(first)
    expect((await stat(first ?? '')).mode & 0o777).toBe(0o700)
    expect((await stat(program)).mode & 0o777).toBe(0o644)
  },
)
