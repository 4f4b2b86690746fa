import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMedia } from '../../src/media/create-media.ts'
import { findMediaTools } from '../../src/media/find-media-tools.ts'
import { findExactSceneCuts } from '../../src/pipeline/analyze/find-scenes.ts'
import { renderClip } from '../../src/pipeline/cut/render-clip.ts'
import { frameSpan } from '../../src/pipeline/reframe/frame-moment.ts'
import { FakeFaceDetector } from '../support/fake-face-detector.ts'
import { runFfmpeg } from '../support/make-media.ts'

const media = createMedia({ tools: await findMediaTools({}) })
const { signal } = new AbortController()

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bad-pictures-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Film {
  name: string
  size: string
  rate: number
  seconds: number
  /** A filter over it, or none. */
  filter?: string
  encoding?: string[]
}

/** Something that moves, with a magenta head in its right half that the fake detector takes for a face, and a tone. */
async function film({ name, size, rate, seconds, filter = 'null', encoding = [] }: Film): Promise<string> {
  const path = join(folder, `${name}.mp4`)
  const head = `drawbox=x=iw*0.66:y=ih*0.25:w=ih*0.16:h=ih*0.22:c=magenta:t=fill`
  await runFfmpeg([
    ...['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=${seconds},hue=s=0,${head},${filter}`],
    ...['-f', 'lavfi', '-i', `aevalsrc='0.3*sin(2*PI*440*t)*lt(mod(t,0.7),0.4)':d=${seconds}`],
    ...['-pix_fmt', 'yuv420p', '-preset', 'ultrafast', '-g', String(Math.max(2, rate)), ...encoding, path],
  ])
  return path
}

/** From the file to a finished draft with captions. */
async function clipOf(path: string, range: { start: number; end: number }) {
  const place = await mkdtemp(join(folder, 'x'))
  const info = await media.probe(path)
  const detector = new FakeFaceDetector()
  const { framing, faces } = await frameSpan({
    range,
    scenes: [{ start: 0, end: info.duration }],
    findCuts: (within) => findExactSceneCuts({ media, path, info, range: within }),
    speeches: [],
    overrides: [],
    info,
    aspect: '9:16',
    detector,
    media,
    path,
    mustKnowFaces: true,
    signal,
  })
  const words = ['so', 'it', 'was'].map((text, i) => ({
    text,
    start: range.start + i * 0.3,
    end: range.start + i * 0.3 + 0.25,
  }))
  const clip = await renderClip({
    media,
    source: { path, info },
    edit: { ranges: [range] },
    framing,
    faces,
    segments: [{ ...range, text: 'so it was', speaker: null, words }] as never,
    style: { aspect: '9:16', captions: 'pop' },
    draft: true,
    threads: 2,
    workFolder: join(place, 'work'),
    output: join(place, 'clip.mp4'),
    title: 'bad',
  })
  expect(clip.quality.checks.filter(({ status }) => status === 'failed')).toEqual([])
  expect(clip.quality.repaired).toBe(false)
  return { clip, info, framing, faces, asked: detector.asked }
}

test.each([
  ['4K at 60 frames a second', { size: '3840x2160', rate: 60, seconds: 1.5 }],
  ['10 frames a second', { size: '640x360', rate: 10, seconds: 3 }],
  [
    'interlaced',
    {
      size: '720x576',
      rate: 50,
      seconds: 3,
      filter: 'interlace=scan=tff',
      encoding: ['-flags', '+ilme+ildct', '-x264opts', 'tff=1'],
    },
  ],
  [
    'HDR',
    {
      size: '640x360',
      rate: 25,
      seconds: 3,
      encoding: ['-color_trc', 'smpte2084', '-color_primaries', 'bt2020', '-colorspace', 'bt2020nc'],
    },
  ],
] as const)('%s: the face is in the crop, the clip is good', async (name, about) => {
  const path = await film({
    name: name.replaceAll(' ', '-'),
    ...about,
    encoding: [...('encoding' in about ? about.encoding : [])],
  })
  const { clip, info, framing } = await clipOf(path, { start: 0, end: about.seconds })
  expect(framing.scenes).toMatchObject([{ kind: 'crop', faces: 1 }])
  const { crop } = framing.scenes[0] ?? {}
  const { width, height } = info.video ?? { width: 0, height: 0 }
  const middle = (0.66 * width + 0.08 * height - (crop?.x ?? 0)) / (crop?.width ?? 1)
  expect(Math.abs(middle - 0.5)).toBeLessThan(0.12)
  expect(clip.warnings.some((text) => text.includes('HDR'))).toBe(
    name === 'HDR' && !media.tools.capabilities.filters.has('zscale'),
  )
})

test('an upright recording is shown whole, and its faces are known to the captions', async () => {
  const path = await film({ name: 'upright', size: '360x640', rate: 25, seconds: 3 })
  const { framing, faces } = await clipOf(path, { start: 0, end: 3 })
  expect(framing.scenes).toMatchObject([{ kind: 'crop', reason: 'The picture is 9:16 already.' }])
  expect(faces).toHaveLength(1)
})

test('three hours of one still picture: looked at once, no more memory than for any other', async () => {
  const path = join(folder, 'still.mp4')
  const minute = join(folder, 'minute.mp4')
  const still = 'color=c=0x224466:s=320x180:r=1:d=60,drawbox=x=200:y=40:w=30:h=40:c=magenta:t=fill'
  await runFfmpeg([
    ...['-f', 'lavfi', '-i', still],
    ...['-f', 'lavfi', '-i', `aevalsrc='0.3*sin(2*PI*440*t)*lt(mod(t,0.7),0.4)':s=8000:d=60`],
    ...['-pix_fmt', 'yuv420p', '-preset', 'ultrafast', '-c:a', 'aac', '-b:a', '16k', minute],
  ])
  await runFfmpeg(['-stream_loop', '179', '-i', minute, '-c', 'copy', path])
  const before = process.memoryUsage.rss()
  const { framing, asked, clip } = await clipOf(path, { start: 9000.25, end: 9020.25 })
  expect(asked).toBe(1)
  expect(framing.scenes).toMatchObject([{ kind: 'crop', faces: 1 }])
  expect(clip.quality.checks.find(({ name }) => name === 'standstill')).toMatchObject({ status: 'skipped' })
  expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(250)
})
