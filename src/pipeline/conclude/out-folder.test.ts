import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { thisProcess } from '../../observability/this-process.ts'
import { takeOutFolder } from './out-folder.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-out-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('makes the folder, and leaves nothing of its own behind', async () => {
  const path = join(folder, 'deep', 'clips')
  {
    await using _taken = await takeOutFolder(path, '/talk.mp4')
    expect(await readdir(path)).toEqual(['.clipwright.lock'])
    await writeFile(join(path, '01-clip.mp4'), 'clip')
  }
  expect(await readdir(path)).toEqual(['01-clip.mp4'])
})

it('takes an empty folder away again if it has made it, and only then', async () => {
  await mkdir(join(folder, 'mine'))
  for (const path of [join(folder, 'deep', 'clips'), join(folder, 'mine'), join(folder, 'mine', 'clips')]) {
    await using _taken = await takeOutFolder(path, '/talk.mp4')
  }
  expect(await readdir(folder, { recursive: true })).toEqual(['mine'])
})

it('keeps a second run out while the first one lives', async () => {
  await using _taken = await takeOutFolder(folder, '/talk.mp4')
  await expect(takeOutFolder(folder, '/talk.mp4')).rejects.toMatchObject({ code: 'OUT_FOLDER_BUSY', retry: 'later' })
})

it('takes over from a process that was killed', async () => {
  const dead = { ...thisProcess(), host: hostname(), pid: 999_999_999, startTime: '1' }
  await writeFile(join(folder, '.clipwright.lock'), JSON.stringify(dead))
  await using _taken = await takeOutFolder(folder, '/talk.mp4')
  expect(await readdir(folder)).toEqual(['.clipwright.lock'])
})

it('lets exactly one of many in over a stale lock', async () => {
  for (let round = 0; round < 20; round++) {
    await writeFile(join(folder, '.clipwright.lock'), '')
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => takeOutFolder(folder, '/talk.mp4')))
    const [taken, ...others] = tries.toSorted((a, b) => a.status.localeCompare(b.status))
    expect(others.map((other) => other.status === 'rejected' && other.reason.code)).toEqual(
      Array(7).fill('OUT_FOLDER_BUSY'),
    )
    if (taken?.status === 'fulfilled') await taken.value[Symbol.asyncDispose]()
    expect(await readdir(folder)).toEqual([])
  }
})

it('refuses a folder with files of others that it would write over', async () => {
  await writeFile(join(folder, 'report.html'), 'my thesis')
  await expect(takeOutFolder(folder, '/talk.mp4')).rejects.toMatchObject({ code: 'OUT_FOLDER_TAKEN' })
})

it('refuses a path that is a file', async () => {
  await mkdir(join(folder, 'a'))
  await writeFile(join(folder, 'a', 'clips'), '')
  await expect(takeOutFolder(join(folder, 'a', 'clips'), '/talk.mp4')).rejects.toMatchObject({
    code: 'OUT_FOLDER_UNUSABLE',
    message: `Clips can't be written to ${join(folder, 'a', 'clips')}: it is a file.`,
  })
})
