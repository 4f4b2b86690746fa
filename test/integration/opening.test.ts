import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMedia } from '../../src/media/create-media.ts'
import { findMediaTools } from '../../src/media/find-media-tools.ts'
import { sharpnessOf, splitGrayPictures } from '../../src/pipeline/cut/gate/gray-picture.ts'
import { type RenderRequest, renderClip } from '../../src/pipeline/cut/render-clip.ts'
import { runFfmpeg } from '../support/make-media.ts'

const run = promisify(execFile)
const demo = fileURLToPath(new URL('../../examples/night-bakery.mp4', import.meta.url))
const media = createMedia({ tools: await findMediaTools({}) })

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opening-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function render(
  path: string,
  { start, word, ...more }: { start: number; word: number } & Partial<RenderRequest>,
) {
  const place = await mkdtemp(join(folder, 'x'))
  const words = [{ text: 'bread', start: word, end: word + 0.5 }]
  const info = await media.probe(path)
  const crop = { x: 618, y: 0, width: 404, height: 720 }
  return renderClip({
    media,
    source: { path, info },
    edit: { ranges: [{ start, end: start + 3 }] },
    framing: { aspect: '9:16', scenes: [{ start, end: start + 3, kind: 'crop', crop, reason: '' }] },
    segments: [{ start: word, end: word + 0.5, text: 'bread', speaker: null, words }] as never,
    style: { aspect: '9:16', captions: 'none' },
    draft: true,
    threads: 2,
    workFolder: join(place, 'work'),
    output: join(place, 'clip.mp4'),
    title: 'demo',
    ...more,
  })
}

/** The first picture of a clip, in grays. */
async function firstPicture(path: string) {
  const size = { width: 270, height: 480 }
  const { stdout } = await run(
    'ffmpeg',
    [
      '-v',
      'error',
      '-i',
      path,
      '-frames:v',
      '1',
      '-vf',
      `scale=${size.width}:${size.height}`,
      '-pix_fmt',
      'gray',
      '-f',
      'rawvideo',
      '-',
    ],
    {
      encoding: 'buffer',
      maxBuffer: 2 ** 24,
    },
  )
  return splitGrayPictures(stdout, size)[0]
}

/** Ten seconds in which the picture is out of focus until a time. */
async function focusing(until: number): Promise<string> {
  const path = join(folder, `focus-${until}.mp4`)
  await runFfmpeg([
    ...['-f', 'lavfi', '-i', `testsrc2=s=1280x720:r=25:d=10,boxblur=lr=12:lp=2:enable='lt(t,${until - 0.001})'`],
    ...['-f', 'lavfi', '-i', 'sine=f=300:d=10'],
    ...['-pix_fmt', 'yuv420p', '-preset', 'ultrafast', '-qp', '10', '-g', '25', path],
  ])
  return path
}

describe('a clip begins', () => {
  test('with the first sharp picture, whole frames later, its captions in step', async () => {
    const path = await focusing(4.2)
    const clip = await render(path, { start: 4, word: 4.6 })
    expect(clip.opening).toEqual({
      seconds: 0.2,
      reason: 'Its first picture was blurred, so the clip begins 5 frames later.',
    })
    expect(clip.duration).toBeCloseTo(2.8, 6)
    expect(await readFile(clip.srtPath, 'utf8')).toContain('00:00:00,400 --> ')
    const kept = await render(path, { start: 4.2, word: 4.6 })
    expect(kept.opening).toBeNull()
    const [begun, asked] = [await firstPicture(clip.path), await firstPicture(kept.path)]
    if (!begun || !asked) throw new Error('no picture')
    expect(sharpnessOf(begun)).toBeGreaterThan(0.9 * sharpnessOf(asked))
  })

  test('where it was to when a word would be cut, or a person set it', async () => {
    const path = await focusing(4.2)
    expect((await render(path, { start: 4, word: 4.15 })).opening).toBeNull()
    const edit = { ranges: [{ start: 4, end: 7 }], by: 'hand' as const }
    expect((await render(path, { start: 4, word: 4.6, edit })).opening).toBeNull()
  })

  test('after a blink of the person who is to be seen, and not when nobody blinks', async () => {
    // Found by hand: the baker's eyes are closed from 144.00 to 144.16.
    const faces = [{ start: 143, end: 148, x: 723, y: 163, w: 196, h: 252 }]
    const clip = await render(demo, { start: 144, word: 144.5, faces })
    expect(clip.opening).toEqual({
      seconds: 0.16,
      reason: 'Eyes were closed in its first picture, so the clip begins 4 frames later.',
    })
    const open = await render(demo, { start: 144.4, word: 144.9, faces })
    expect(open.opening).toBeNull()
  })
})
