import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { NoSpace } from '../../domain/no-space.ts'
import { placeFiles, withSpace } from './place-files.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-place-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('moves files in order into folders that are made for them, over what was there', async () => {
  await writeFile(join(folder, 'new'), 'new')
  await mkdir(join(folder, 'out'))
  await writeFile(join(folder, 'out', 'clip.mp4'), 'old')
  await writeFile(join(folder, 'sub'), 'sub')
  await placeFiles(
    [
      { from: join(folder, 'sub'), to: join(folder, 'out', 'deeper', 'clip.srt') },
      { from: join(folder, 'new'), to: join(folder, 'out', 'clip.mp4') },
    ],
    'try-1',
  )
  expect(await readFile(join(folder, 'out', 'clip.mp4'), 'utf8')).toBe('new')
  expect(await readFile(join(folder, 'out', 'deeper', 'clip.srt'), 'utf8')).toBe('sub')
  expect((await readdir(folder)).sort()).toEqual(['out'])
})

test('takes away what it placed when a later file fails', async () => {
  await writeFile(join(folder, 'sub'), 'sub')
  const placements = [
    { from: join(folder, 'sub'), to: join(folder, 'clip.srt') },
    { from: join(folder, 'not-there'), to: join(folder, 'clip.mp4') },
  ]
  await expect(placeFiles(placements, 'try-1')).rejects.toThrow('ENOENT')
  expect(await readdir(folder)).toEqual([])
})

test('a full disk is NO_SPACE, anything else stays what it is', async () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  await expect(withSpace(() => Promise.reject(full))).rejects.toBeInstanceOf(NoSpace)
  await expect(withSpace(() => Promise.reject(new Error('other')))).rejects.toThrow('other')
})
