import { execFile } from 'node:child_process'
import { mkdir, realpath, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, it } from 'vitest'
import { makeAudio, makePicture, makeVideo, mediaFolder, runFfmpeg } from '../../../test/support/make-media.ts'
import { createMedia, type Media } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { inspectMedia } from './inspect-media.ts'

let media: Media

beforeAll(async () => {
  media = createMedia({ tools: await findMediaTools({}) })
})

async function refusalOf(path: string): Promise<unknown> {
  return inspectMedia({ path, media }).then(
    () => expect.fail('it should have been refused'),
    (error: unknown) => error,
  )
}

it('looks at a recording and knows its file again', async () => {
  const path = await makeVideo({ seconds: 2 })
  const { info, file } = await inspectMedia({ path, media })
  const { size, mtimeMs, ino, dev } = await stat(path)
  expect(info).toMatchObject({ video: { width: 160 }, audio: [{ codec: 'aac' }] })
  expect(file).toEqual({ path: await realpath(path), sizeBytes: size, modifiedMs: mtimeMs, inode: `${dev}:${ino}` })
})

it('follows a link to the file itself', async () => {
  const [path, link] = [await makeVideo({ seconds: 1 }), join(mediaFolder(), 'link.mp4')]
  await symlink(path, link)
  expect((await inspectMedia({ path: link, media })).file.path).toBe(await realpath(path))
})

it.each([
  ['sound only', () => makeAudio({ seconds: 2 })],
  ['picture only', () => makeVideo({ seconds: 2, audio: 'none' })],
  ['silent sound', () => makeVideo({ seconds: 2, audio: 'silence' })],
  ['eleven seconds', () => makeVideo({ seconds: 11 })],
  ['sound with a cover', () => makeAudio({ seconds: 2, cover: true })],
])('takes %s', async (_, make) => {
  await inspectMedia({ path: await make(), media })
})

it('refuses what is not there', async () => {
  expect(await refusalOf('/nowhere/talk.mp4')).toMatchObject({
    code: 'MEDIA_NOT_FOUND',
    message: '/nowhere/talk.mp4 was not found.',
    hint: expect.any(String),
  })
})

it('refuses a folder', async () => {
  const path = join(mediaFolder(), 'folder.mp4')
  await mkdir(path)
  expect(await refusalOf(path)).toMatchObject({ code: 'MEDIA_NOT_FOUND', message: expect.stringContaining('folder') })
})

it.skipIf(process.platform === 'win32')('refuses a pipe without waiting for who writes to it', async () => {
  const path = join(mediaFolder(), 'pipe.mp4')
  await promisify(execFile)('mkfifo', [path])
  expect(await refusalOf(path)).toMatchObject({ code: 'MEDIA_NOT_FOUND' })
})

it('refuses an empty file', async () => {
  const path = join(mediaFolder(), 'empty.mp4')
  await writeFile(path, '')
  expect(await refusalOf(path)).toMatchObject({ code: 'MEDIA_EMPTY', hint: expect.any(String) })
})

it('refuses text with a media name', async () => {
  const path = join(mediaFolder(), 'text.mp4')
  await writeFile(path, '1\n00:00:00,000 --> 00:00:01,000\nNot a video.\n')
  expect(await refusalOf(path)).toMatchObject({ code: expect.stringMatching(/^MEDIA_(UNREADABLE|NOT_ALLOWED)$/) })
})

it('refuses half a second, and says how long it is', async () => {
  const refusal = await refusalOf(await makeVideo({ seconds: 0.4, audio: 'none' }))
  expect(refusal).toMatchObject({ code: 'MEDIA_TOO_SHORT', message: expect.stringContaining('0.4 s') })
})

it('refuses a picture of one pixel without sound, and says why', async () => {
  const path = await makeVideo({ width: 1, height: 1, audio: 'none' })
  expect(await refusalOf(path)).toMatchObject({ code: 'MEDIA_NO_STREAMS', message: expect.stringContaining('1×1') })
})

it('takes the sound of a picture of one pixel', async () => {
  const { info } = await inspectMedia({ path: await makeVideo({ width: 1, height: 1 }), media })
  expect(info).toMatchObject({ video: null, audio: [{ codec: 'aac' }] })
})

it('refuses a cover without sound', async () => {
  const path = join(mediaFolder(), 'cover-only.mp4')
  await runFfmpeg(['-i', await makePicture('jpg'), '-c', 'copy', '-disposition:v', 'attached_pic', path])
  expect(await refusalOf(path)).toMatchObject({ code: 'MEDIA_NO_STREAMS' })
})
