import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadSettings } from '../../config/load-settings.ts'
import { wayToWords } from './way-to-words.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-way-'))
})
afterAll(() => rm(folder, { recursive: true }))

// Hours: a clock that is ahead, or a time zone that a disk does not keep.
it.each([-2, 2])('is another once a transcript lies beside the recording, written at %d h from now', async (hours) => {
  const path = join(folder, `talk${hours}.mp4`)
  const way = wayToWords({ settings: loadSettings({}), dataFolder: folder })
  const before = await way({ path })
  expect(await way({ path })).toBe(before)
  const beside = join(folder, `talk${hours}.srt`)
  await writeFile(beside, '1')
  const written = new Date(Date.now() + hours * 3_600_000)
  await utimes(beside, written, written)
  expect(await way({ path })).not.toBe(before)
})

it('says nothing of a key but that there is one', async () => {
  const path = join(folder, 'talk.mp4')
  const wayWith = (key: string) =>
    wayToWords({ settings: loadSettings({ OPENAI_API_KEY: key }), dataFolder: folder })({ path })
  expect(await wayWith('s-0123456789')).toBe(await wayWith('s-9876543210'))
  expect(await wayWith('s-0123456789')).not.toBe(
    await wayToWords({ settings: loadSettings({}), dataFolder: folder })({ path }),
  )
})
