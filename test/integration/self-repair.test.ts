import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faceApiDetector } from '../../src/adapters/face-detectors/face-api-detector.ts'
import type { SceneFraming } from '../../src/domain/clip.ts'
import { createMedia, type FfmpegRun, type Media } from '../../src/media/create-media.ts'
import { findMediaTools } from '../../src/media/find-media-tools.ts'
import type { FindFaces } from '../../src/pipeline/cut/gate/check-faces.ts'
import { type RenderRequest, renderClip } from '../../src/pipeline/cut/render-clip.ts'

/** The demo: two people who talk at a table, with their real (if drawn) faces and spoken words. */
const demo = fileURLToPath(new URL('../../examples/night-bakery.mp4', import.meta.url))
const tools = await findMediaTools({})
const start = 28

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'self-repair-'))
})
afterAll(() => rm(folder, { recursive: true }))

const onTheHost: SceneFraming = {
  start,
  end: start + 4,
  kind: 'crop',
  crop: { x: 112, y: 0, width: 404, height: 720 },
  faces: 1,
  reason: '',
}

async function render(media: Media, more: Partial<RenderRequest> = {}) {
  const place = await mkdtemp(join(folder, 'x'))
  const words = ['we', 'talk', 'about', 'bread'].map((text, i) => ({ text, start: start + i, end: start + i + 0.8 }))
  return renderClip({
    media,
    source: { path: demo, info: await media.probe(demo) },
    edit: { ranges: [{ start, end: start + 4 }] },
    framing: { aspect: '9:16', scenes: [onTheHost] },
    segments: [{ start, end: start + 4, text: 'we talk about bread', speaker: null, words }] as never,
    style: { aspect: '9:16', captions: 'box' },
    draft: true,
    threads: 2,
    workFolder: join(place, 'work'),
    output: join(place, 'clip.mp4'),
    title: 'demo',
    ...more,
  })
}

/** Media whose first renderings are spoiled. */
function spoiling(spoil: (run: FfmpegRun) => readonly string[], times = 1): Media {
  const media = createMedia({ tools })
  let left = times
  return {
    ...media,
    ffmpeg: (run) => {
      const isRendering = run.args.at(-1) === 'clip.mp4'
      return isRendering && left-- > 0 ? media.ffmpeg({ ...run, args: spoil(run) }) : media.ffmpeg(run)
    },
  }
}

/** The sound this much later than the picture, inside streams that begin together and end together. */
const late = (milliseconds: number) => (run: FfmpegRun) =>
  run.args.map((arg, i) => {
    if (run.args[i - 1] === '-filter_complex') return `${arg};[sound]adelay=${milliseconds}:all=1,atrim=end=4[late]`
    return arg === '[sound]' ? '[late]' : arg
  })

const statusOf = (clip: Awaited<ReturnType<typeof render>>, name: string) =>
  clip.quality.checks.find((check) => check.name === name)

describe('a clip that came out wrong is made once more', () => {
  test('as it should be, nothing is repaired, and the sound is known to be in time', async () => {
    const clip = await render(createMedia({ tools }))
    expect(clip.quality.repaired).toBe(false)
    expect(statusOf(clip, 'synchrony')).toMatchObject({ status: 'passed' })
    expect(statusOf(clip, 'synchrony')?.detail).toMatch(
      /^Sound is -?\d ms after the picture, compared with the recording/,
    )
  })

  test('sound that is late inside its stream', async () => {
    const clip = await render(spoiling(late(120)))
    expect(clip.quality.repaired).toBe(true)
    expect(clip.quality.checks.filter(({ status }) => status === 'failed')).toEqual([])
  })

  test('captions that got lost on the disk', async () => {
    let lost = ''
    const media = spoiling((run) => {
      lost = join(run.cwd ?? '', 'captions.ass')
      writeFileSync(lost, readFileSync(lost, 'utf8').replace(/^Dialogue:.*\n/gm, ''))
      return run.args
    })
    const clip = await render(media)
    expect(lost).not.toBe('')
    expect(clip.quality.repaired).toBe(true)
    expect(statusOf(clip, 'captions')).toMatchObject({ status: 'passed' })
  })

  test('a wrong gain', async () => {
    const media = spoiling(({ args }) => args.map((arg) => arg.replace(/volume=[-\d.]+dB/, 'volume=-20dB')))
    const clip = await render(media)
    expect(clip.quality.repaired).toBe(true)
    expect(Math.abs((clip.loudness.integrated ?? 0) + 14)).toBeLessThanOrEqual(0.5)
  })

  test('a camera on the wall: the face is looked for in the file, and all of the picture is shown', async () => {
    const detector = faceApiDetector()
    const findFaces: FindFaces = async ({ width, height, pixels }) => {
      const rgb = Uint8Array.from({ length: 3 * pixels.length }, (_, i) => pixels[Math.floor(i / 3)] ?? 0)
      const faces = await detector.findFaces({ width, height, pixels: rgb }, { signal: AbortSignal.timeout(60_000) })
      return faces.map(({ box }) => box)
    }
    try {
      const framing = {
        aspect: '9:16' as const,
        scenes: [{ ...onTheHost, crop: { x: 438, y: 0, width: 404, height: 720 } }],
      }
      const clip = await render(createMedia({ tools }), { framing, findFaces })
      expect(clip.quality.repaired).toBe(true)
      const good = await render(createMedia({ tools }), { findFaces })
      expect(good.quality.repaired).toBe(false)
      expect(statusOf(good, 'faces')).toMatchObject({ status: 'passed' })
    } finally {
      detector.process.end()
    }
  })
})

test('what can’t be mended fails loudly, with what was found, and leaves nothing', async () => {
  const place = await mkdtemp(join(folder, 'x'))
  const failing = render(spoiling(late(200), 2), { output: join(place, 'clip.mp4') })
  const error = await failing.catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    code: 'CLIP_FAILED_QUALITY',
    message: 'The finished clip did not pass its checks: synchrony.',
    evidence: { output: expect.stringMatching(/^synchrony: Sound is (19|20)\d ms after the picture/) },
  })
  expect(await readdir(place)).toEqual([])
})
