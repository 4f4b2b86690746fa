import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { mediaFolder, runFfmpeg } from '../../../../test/support/make-media.ts'
import { createMedia, type Media } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { chooseFrameRate } from '../graph/choose-frame-rate.ts'
import { planTimeline } from '../graph/plan-timeline.ts'
import { preparePictures } from '../prepare-pictures.ts'
import { checkQuality } from './quality-gate.ts'

const output = { width: 360, height: 640 }
const words = [
  { text: 'ask', start: 0.2, end: 0.8, speaker: null },
  { text: 'what', start: 0.9, end: 1.6, speaker: null },
]

let media: Media
let folder = ''
beforeAll(async () => {
  media = createMedia({ tools: await findMediaTools({}) })
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-gate-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A recording of 12 s of this picture, with a tone at about −14 LUFS. */
async function recording(name: string, picture: string): Promise<string> {
  const path = join(mediaFolder(), `gate-${name}.mp4`)
  await runFfmpeg(
    [
      ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'aevalsrc=0.28*sin(2*PI*1000*t):s=48000:d=12'],
      ['-pix_fmt', 'yuv420p', '-preset', 'ultrafast', '-g', '25', path],
    ].flat(),
  )
  return path
}

const moving = () => recording('moving', 'testsrc2=s=160x90:r=25:d=12')

/** The clip that `filters` makes of a recording, judged as if it were the one asked for. */
async function judge({
  path,
  filters,
  captions = 'pop',
}: {
  path: string
  filters: string
  captions?: 'pop' | 'none'
}) {
  const info = await media.probe(path)
  const framing = {
    aspect: '9:16' as const,
    scenes: [{ start: 0, end: 12, kind: 'blurred-fit' as const, crop: null, reason: '' }],
  }
  const timeline = planTimeline({
    edit: { ranges: [{ start: 0, end: 12 }] },
    framing,
    frameRate: chooseFrameRate(info.video),
  })
  const pictures = await preparePictures({
    media,
    source: { path, info },
    words,
    captions,
    size: output,
    frameRate: 25,
    duration: timeline.duration,
    title: 'test',
    folder,
  })
  await media.ffmpeg({
    args: [
      ['-y', '-i', path, '-vf', `scale=360:202,pad=360:640:0:184,setsar=1,${filters}`, '-g', '50'],
      ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', join(folder, 'clip.mp4')],
    ].flat(),
    cwd: folder,
  })
  const { checks } = await checkQuality({
    media,
    source: { path, info },
    timeline,
    output,
    ...pictures,
    expectedLoudness: -14,
    folder,
    fileName: 'clip.mp4',
  })
  return Object.fromEntries(checks.map(({ name, status, detail }) => [name, `${status}: ${detail}`]))
}

const withCaptions = 'ass=captions.ass:fontsdir=fonts'

test('a good clip passes every check', async () => {
  const report = await judge({ path: await moving(), filters: withCaptions })
  const { faces, ...others } = report
  expect(Object.entries(others).filter(([, text]) => !text.startsWith('passed'))).toEqual([])
  expect(Object.keys(others)).toHaveLength(9)
  expect(faces).toMatch(/^skipped/)
})

test('a clip without its captions fails; one that needs none does not', async () => {
  expect(await judge({ path: await moving(), filters: 'null' })).toMatchObject({
    captions: expect.stringMatching(/^failed/),
  })
  expect(await judge({ path: await moving(), filters: 'null', captions: 'none' })).toMatchObject({
    captions: 'skipped: No captions were asked for.',
  })
})

test('a clip that goes black fails, unless the recording does', async () => {
  const black = `drawbox=t=fill:c=black:enable='gt(t,3)',${withCaptions}`
  expect(await judge({ path: await moving(), filters: black })).toMatchObject({
    black: expect.stringMatching(/^failed: Black from 4\.0 to 12\.0 s although/),
  })
  const night = await recording('night', "testsrc2=s=160x90:r=25:d=12,drawbox=t=fill:c=black:enable='gt(t,3)'")
  expect(await judge({ path: night, filters: withCaptions })).toMatchObject({
    black: expect.stringMatching(/^skipped: Black from 4\.0 to 12\.0 s, as the recording is/),
  })
})

test('a clip that stands still fails, unless the recording does', async () => {
  const frozen = `trim=end_frame=50,loop=loop=250:size=1:start=49,setpts=N/25/TB,${withCaptions}`
  expect(await judge({ path: await moving(), filters: frozen })).toMatchObject({
    standstill: expect.stringMatching(/^failed: Stands still from \d\.\d to 1\d\.0 s although the recording moves/),
  })
  const slide = await recording('slide', 'testsrc2=s=160x90:r=25:d=12,trim=end_frame=1,loop=loop=299:size=1,fps=25')
  expect(await judge({ path: slide, filters: withCaptions })).toMatchObject({
    standstill: expect.stringMatching(/^skipped: Stands still from 0\.0/),
  })
})
