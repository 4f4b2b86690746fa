import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { copyBeside, removeUnfinished, writeBeside } from './write-beside.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-beside-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('replaces what was there', async () => {
  await writeFile(join(folder, 'report.html'), 'old')
  await writeBeside(join(folder, 'report.html'), 'new')
  expect(await readFile(join(folder, 'report.html'), 'utf8')).toBe('new')
  expect(await readdir(folder)).toEqual(['report.html'])
})

it('leaves no half of a file where it could not be put in place', async () => {
  // A folder of that name can't be replaced by a file.
  await mkdir(join(folder, 'clip.mp4'))
  await writeFile(join(folder, 'rendering'), 'clip')
  await expect(writeBeside(join(folder, 'clip.mp4'), 'text')).rejects.toThrow('EISDIR')
  await expect(copyBeside(join(folder, 'rendering'), join(folder, 'clip.mp4'))).rejects.toThrow('EISDIR')
  expect((await readdir(folder)).sort()).toEqual(['clip.mp4', 'rendering'])
})

it('clears away what a killed process left, and nothing else', async () => {
  await writeFile(join(folder, '.01-clip.mp4.clipwright-part'), 'half')
  await writeFile(join(folder, '01-clip.mp4'), 'whole')
  await removeUnfinished(folder)
  expect(await readdir(folder)).toEqual(['01-clip.mp4'])
})
