import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeAudio, makeVideo, mediaFolder, runFfmpeg } from '../../../test/support/make-media.ts'
import type { Aspect } from '../../domain/clip.ts'
import { createMedia } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { centreFramer } from './centre-framer.ts'

const media = createMedia({ tools: await findMediaTools({}) })
const { signal } = new AbortController()

async function frame(path: string, aspect: Aspect, scene = { start: 0.2, end: 1.8 }) {
  const info = await media.probe(path)
  return centreFramer.frameScene({ scene, info, aspect, media, path, signal })
}

/** Two seconds of a plain wall with a moving test picture on it. */
async function wallWith(name: string, overlays: string): Promise<string> {
  const path = join(mediaFolder(), `${name}.mp4`)
  const wall = 'color=0x808080:s=320x180:r=10:d=2[wall]'
  await runFfmpeg(['-f', 'lavfi', '-i', `${wall};${overlays}`, '-c:v', 'libx264', '-preset', 'ultrafast', path])
  return path
}

test('someone in the middle is cropped to', async () => {
  const path = await wallWith('middle', 'testsrc2=s=64x120:r=10:d=2[who];[wall][who]overlay=128:40')
  const framing = await frame(path, '9:16')
  expect(framing).toMatchObject({ start: 0.2, end: 1.8, kind: 'crop', crop: { x: 108, y: 0, width: 102, height: 180 } })
  expect(framing.reason).toMatch(/^\d+ % of what there is to see is in the middle 32 % of the picture\.$/)
})

test('two people at the sides are both shown', async () => {
  const path = await wallWith(
    'sides',
    'testsrc2=s=64x120:r=10:d=2,split[one][other];[wall][one]overlay=16:40[half];[half][other]overlay=240:40',
  )
  expect(await frame(path, '9:16')).toMatchObject({ kind: 'blurred-fit', crop: null })
})

test('an upright picture is used whole, a wide one in its own aspect too', async () => {
  const upright = await makeVideo({ width: 90, height: 160 })
  expect(await frame(upright, '9:16')).toMatchObject({ kind: 'crop', crop: { x: 0, y: 0, width: 90, height: 160 } })
  const wide = await makeVideo({ width: 160, height: 90 })
  expect(await frame(wide, '16:9')).toMatchObject({ kind: 'crop', crop: { x: 0, y: 0, width: 160, height: 90 } })
})

test('a picture turned by the player is framed as it is seen', async () => {
  const phone = await makeVideo({ width: 160, height: 90, rotation: 90 })
  expect(await frame(phone, '9:16')).toMatchObject({ kind: 'crop', crop: { x: 0, y: 0, width: 90, height: 160 } })
})

test('black shows nothing, so nothing is cropped', async () => {
  const path = join(mediaFolder(), 'black.mp4')
  await runFfmpeg(['-f', 'lavfi', '-i', 'color=black:s=160x90:r=10:d=2', path])
  expect(await frame(path, '9:16')).toMatchObject({
    kind: 'blurred-fit',
    reason: expect.stringContaining('next to nothing'),
  })
})

test('a scene after the end of the picture gets an answer, not an error', async () => {
  const path = await makeVideo({ seconds: 2, audioSeconds: 6 })
  expect(await frame(path, '9:16', { start: 4, end: 6 })).toMatchObject({ kind: 'blurred-fit' })
})

test('a picture too small for a box is not cropped', async () => {
  const info = await media.probe(await makeVideo({}))
  if (!info.video) throw new Error('the test video has no picture')
  const tiny = { ...info, video: { ...info.video, width: 1, height: 1 } }
  const scene = { start: 0, end: 2 }
  const framing = await centreFramer.frameScene({ scene, info: tiny, aspect: '9:16', media, path: '/nowhere', signal })
  expect(framing).toMatchObject({ kind: 'blurred-fit', crop: null })
})

test('a recording without a picture gets a card', async () => {
  expect(await frame(await makeAudio({ cover: true }), '9:16')).toMatchObject({ kind: 'card', crop: null })
})

test('answers the same every time, and stops when told', async () => {
  const path = await makeVideo({})
  const first = await frame(path, '9:16')
  expect(await frame(path, '9:16')).toEqual(first)
  const info = await media.probe(path)
  const cancelled = AbortSignal.abort(new Error('enough'))
  const request = { scene: { start: 0, end: 2 }, info, aspect: '9:16' as const, media, path, signal: cancelled }
  await expect(centreFramer.frameScene(request)).rejects.toThrow('enough')
})
