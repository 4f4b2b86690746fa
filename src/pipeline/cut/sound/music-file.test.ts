import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { makeAudio, makePicture, makeVideo, mediaFolder } from '../../../../test/support/make-media.ts'
import { createMedia, type Media } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { checkMusic, checkSameMusic, soundStyleOf } from './music-file.ts'

let media: Media
beforeAll(async () => {
  media = createMedia({ tools: await findMediaTools({}) })
})

async function written(name: string, content: string): Promise<string> {
  await writeFile(join(mediaFolder(), name), content)
  return join(mediaFolder(), name)
}

test.each<[string, () => Promise<string>]>([
  ['a song', () => makeAudio({ seconds: 2 })],
  ['a song with its cover', () => makeAudio({ seconds: 2, cover: true })],
  ['a song as FLAC', () => makeAudio({ seconds: 2, extension: 'flac' })],
])('%s is music', async (_, make) => {
  await checkMusic({ path: await make(), media })
})

test.each<[string, () => Promise<string>, string, string]>([
  ['what is not there', async () => '/nowhere/song.mp3', 'MUSIC_NOT_FOUND', 'was not found'],
  [
    'a folder',
    async () => (await mkdir(join(mediaFolder(), 'songs')), join(mediaFolder(), 'songs')),
    'MUSIC_NOT_FOUND',
    'is a folder',
  ],
  ['an empty file', () => written('empty.mp3', ''), 'MUSIC_UNUSABLE', 'it is empty'],
  ['text', () => written('text.mp3', 'la la la\n'.repeat(50)), 'MUSIC_UNUSABLE', 'no sound that ffmpeg can read'],
  [
    'a playlist',
    () => written('list.m3u8', '#EXTM3U\n#EXTINF:1,\n/etc/passwd\n'),
    'MUSIC_UNUSABLE',
    'no sound that ffmpeg can read',
  ],
  ['a cover without a song', () => makePicture('jpg'), 'MUSIC_UNUSABLE', ''],
  ['a video', () => makeVideo({ seconds: 2 }), 'MUSIC_UNUSABLE', 'it is a video'],
  ['a silent film', () => makeVideo({ seconds: 2, audio: 'none' }), 'MUSIC_UNUSABLE', 'it has no sound'],
  ['half a second', () => makeAudio({ seconds: 0.5, extension: 'wav' }), 'MUSIC_UNUSABLE', 'it lasts 0.5 s'],
])('%s is not', async (_, make, code, message) => {
  const path = await make()
  const error: unknown = await checkMusic({ path, media }).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code, message: expect.stringContaining(message), hint: expect.any(String) })
  expect(error).toMatchObject({ message: expect.stringContaining(path) })
})

test('three hours are not', async () => {
  const info = await media.probe(await makeAudio({ seconds: 2 }))
  const long = { probe: async () => ({ ...info, duration: 3 * 3600 }) }
  const checking = checkMusic({ path: await makeAudio({ seconds: 2 }), media: long })
  await expect(checking).rejects.toMatchObject({
    code: 'MUSIC_UNUSABLE',
    message: expect.stringContaining('180 minutes'),
  })
})

test('a style says what was asked for and nothing else, and knows the music by its content', async () => {
  expect(await soundStyleOf({})).toBeUndefined()
  expect(await soundStyleOf({ denoise: true })).toEqual({ denoise: true })
  const path = await written('song.mp3', 'one')
  const style = await soundStyleOf({ music: { path, level: -14 } })
  expect(style).toEqual({ music: { path, level: -14, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } })
  await checkSameMusic(style)
  await writeFile(path, 'two')
  await expect(checkSameMusic(style)).rejects.toMatchObject({ code: 'MUSIC_CHANGED', retry: 'later' })
})
