import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeCountedVideo, secondOf } from '../../../../test/support/make-counted-video.ts'
import { makeAudio, makeVideo, mediaFolder, runFfmpeg } from '../../../../test/support/make-media.ts'
import type { SceneFraming } from '../../../domain/clip.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import { createMedia, type Media } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { findNpmTool } from '../../../media/find-npm-tool.ts'
import { inspectClip } from '../gate/inspect-clip.ts'
import { noGain } from '../sound/audio-filters.ts'
import { chooseFrameRate } from './choose-frame-rate.ts'
import { planGraph } from './plan-graph.ts'
import { planTimeline } from './plan-timeline.ts'

const output = { width: 90, height: 160 }
const cropOf = (x: number, y: number, width: number, height: number) => ({ x, y, width, height })

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-graph-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Making {
  ranges: TimeRange[]
  scenes?: Omit<SceneFraming, 'reason'>[]
  size?: { width: number; height: number }
}

/** Makes a clip from a recording and looks at what came out. */
async function make(media: Media, path: string, { ranges, scenes, size = output }: Making) {
  const info = await media.probe(path)
  const framed = scenes ?? [{ start: 0, end: 60, kind: 'blurred-fit' as const, crop: null }]
  const framing = { aspect: '9:16' as const, scenes: framed.map((scene) => ({ ...scene, reason: '' })) }
  const frameRate = chooseFrameRate(info.video)
  const timeline = planTimeline({ edit: { ranges }, framing, frameRate })
  const args = planGraph({
    source: { path, info },
    timeline,
    output: size,
    burnIn: { scripts: [], fonts: 'fonts' },
    gain: noGain,
    track: info.audio[0] ?? null,
    card: info.video ? null : { lavfiSource: 'color=navy:s=90x160', cover: null },
    threads: 2,
    capabilities: media.tools.capabilities,
    fileName: 'clip.mp4',
  })
  await media.ffmpeg({ args: ['-y', ...args], cwd: folder })
  const clip = await inspectClip({ media, folder, fileName: 'clip.mp4', size, frameRate, duration: timeline.duration })
  // x264 writes its options into the first picture.
  const encoderOptions = /x264 - core [^\0]*/.exec((await readFile(join(folder, 'clip.mp4'))).toString('latin1'))?.[0]
  return { ...clip, timeline, encoderOptions }
}

/** Mean gray of each part of a frame of the clip, left to right: `columns` values, 0 to 255. */
async function columnsAt(time: number, columns: number): Promise<number[]> {
  const raw = join(folder, 'columns.gray')
  const filter = `scale=${columns}:1:flags=area,format=gray`
  await runFfmpeg([
    '-ss',
    String(time),
    '-i',
    join(folder, 'clip.mp4'),
    '-vf',
    filter,
    '-frames:v',
    '1',
    '-f',
    'rawvideo',
    raw,
  ])
  return [...(await readFile(raw))]
}

const old = findNpmTool('ffmpeg')
const builds: [string, string | null | undefined][] = [
  ['this system', undefined],
  ['npm, 2018', old],
]

describe.each(builds)('with the ffmpeg of %s', (_name, ffmpegPath) => {
  const settings = ffmpegPath ? { FFMPEG_PATH: ffmpegPath } : {}
  const it = test.skipIf(ffmpegPath === null)
  const open = async () => createMedia({ tools: await findMediaTools(settings) })

  it('picture and sound of one range are exactly as long as asked for', async () => {
    const path = await makeVideo({ seconds: 3 })
    const { picture, sound, info } = await make(await open(), path, { ranges: [{ start: 0.5, end: 2.5 }] })
    expect(info.video).toMatchObject({ width: 90, height: 160, codec: 'h264', frameRate: 25, rotation: 0 })
    expect(picture.count).toBe(50)
    expect(picture.end).toBeCloseTo(2, 2)
    expect(sound.end).toBeCloseTo(2, 1)
  })

  it('several ranges and scenes follow each other without a lost frame', async () => {
    const path = await makeVideo({ seconds: 4, width: 160, height: 90 })
    const scenes = [
      { start: 0, end: 1, kind: 'crop' as const, crop: cropOf(54, 0, 50, 90) },
      { start: 1, end: 3, kind: 'blurred-fit' as const, crop: null },
      { start: 3, end: 4, kind: 'crop' as const, crop: cropOf(0, 0, 50, 90) },
    ]
    const ranges = [
      { start: 2.48, end: 3.6 },
      { start: 0.4, end: 1.32 },
    ]
    const { picture, sound } = await make(await open(), path, { ranges, scenes })
    expect(picture.count).toBe(28 + 23)
    expect(picture.end).toBeCloseTo(51 / 25, 2)
    expect(sound.end).toBeCloseTo(51 / 25, 1)
  })

  it('a flash and its beep stay together through two ranges', async () => {
    const path = join(mediaFolder(), 'flash-and-beep.mp4')
    await runFfmpeg(
      [
        ['-f', 'lavfi', '-i', "color=black:s=160x90:r=25:d=5,drawbox=t=fill:c=white:enable='between(mod(t,2),1,1.1)'"],
        ['-f', 'lavfi', '-i', "aevalsrc='0.8*sin(2*PI*1000*t)*between(mod(t,2),1,1.1)':s=48000:d=5"],
        ['-g', '250', '-pix_fmt', 'yuv420p', '-preset', 'ultrafast', '-shortest', path],
      ].flat(),
    )
    const scenes = [
      { start: 0, end: 0.8, kind: 'blurred-fit' as const, crop: null },
      { start: 0.8, end: 5, kind: 'crop' as const, crop: cropOf(54, 0, 50, 90) },
    ]
    const ranges = [
      { start: 2.3, end: 3.7 },
      { start: 0.5, end: 1.7 },
    ]
    await make(await open(), path, { ranges, scenes })
    const expected = [0.7, 1.9]
    expect(await flashes()).toHaveLength(2)
    for (const [i, flash] of (await flashes()).entries()) expect(flash).toBeCloseTo(expected[i] ?? 0, 1)
    const beepTimes = await beeps()
    for (const [i, flash] of (await flashes()).entries())
      expect(Math.abs((beepTimes[i] ?? 9) - flash)).toBeLessThan(0.045)
  })

  it.each([
    ['ts', 12],
    ['mpg', 12],
    ['h264', 12],
    // Far enough in that reading begins in the middle.
    ['ts', 24],
  ] as const)('begins between two keyframes of a .%s of %i s, with its sound in step', async (extension, seconds) => {
    const path = await makeCountedVideo({ extension, seconds })
    const first = seconds - 7
    const ranges = [
      { start: first + 0.4, end: first + 3.4 },
      { start: 1.6, end: 2.6 },
    ]
    const whole = [{ start: 0, end: 60, kind: 'crop' as const, crop: cropOf(22, 0, 20, 36) }]
    const { picture, sound } = await make(await open(), path, { ranges, scenes: whole })
    expect(picture.count).toBe(100)
    expect(sound.end).toBeCloseTo(4, 1)
    const shown: Record<string, number> = {}
    for (const time of [0, 0.5, 0.7, 1.5, 2.5, 2.92, 3, 3.3, 3.5, 3.92]) {
      const [gray = 0] = await columnsAt(time, 1)
      shown[time.toFixed(2)] = secondOf(gray, seconds) - first
    }
    expect(shown).toEqual({
      '0.00': 0,
      '0.50': 0,
      '0.70': 1,
      '1.50': 1,
      '2.50': 2,
      '2.92': 3,
      '3.00': 1 - first,
      '3.30': 1 - first,
      '3.50': 2 - first,
      '3.92': 2 - first,
    })
    const heard = await beeps()
    const expected = extension === 'h264' ? [] : [0.6, 1.6, 2.6, 3.4]
    expect(heard).toHaveLength(expected.length)
    for (const [i, beep] of heard.entries()) expect(Math.abs(beep - (expected[i] ?? 9))).toBeLessThan(0.045)
  })

  it('shows the box asked for', async () => {
    const path = join(mediaFolder(), 'three-columns.mp4')
    const columns =
      'color=black:s=160x90:r=25:d=2,drawbox=x=54:w=50:h=90:t=fill:c=gray,drawbox=x=104:w=56:h=90:t=fill:c=white'
    await runFfmpeg(['-f', 'lavfi', '-i', columns, '-pix_fmt', 'yuv420p', path])
    const scene = (x: number) => [{ start: 0, end: 2, kind: 'crop' as const, crop: cropOf(x, 0, 50, 90) }]
    for (const [x, gray] of [
      [0, 0],
      [54, 128],
      [110, 255],
    ] as const) {
      await make(await open(), path, { ranges: [{ start: 0, end: 1 }], scenes: scene(x) })
      for (const value of await columnsAt(0.5, 3)) expect(Math.abs(value - gray)).toBeLessThan(8)
    }
  })

  it('shows all of a wide picture over its own blurred copy', async () => {
    const path = join(mediaFolder(), 'white.mp4')
    await runFfmpeg(['-f', 'lavfi', '-i', 'color=white:s=160x90:r=25:d=2', '-pix_fmt', 'yuv420p', path])
    await make(await open(), path, { ranges: [{ start: 0, end: 1 }] })
    const raw = join(folder, 'rows.gray')
    const filter = 'scale=1:16:flags=area,format=gray'
    await runFfmpeg(['-i', join(folder, 'clip.mp4'), '-vf', filter, '-frames:v', '1', '-f', 'rawvideo', raw])
    const rows = [...(await readFile(raw))]
    expect(Math.max(...rows)).toBeGreaterThan(225)
    expect(rows[0]).toBeGreaterThan(140)
    expect(rows[0]).toBeLessThan(165)
  })

  it.each([
    ['an odd size', { width: 161, height: 91 }],
    ['a picture the player turns', { width: 160, height: 90, rotation: 90 }],
    ['an upright picture', { width: 90, height: 160 }],
    ['a tiny picture', { width: 16, height: 16 }],
    ['slow film', { rate: 10 }],
    ['a transport stream', { extension: 'ts' as const }],
    ['sound that begins late', { audioDelay: 0.8 }],
    ['sound that ends early', { audioSeconds: 1.2 }],
  ])('%s comes out whole', async (_, options) => {
    const path = await makeVideo({ seconds: 3, ...options })
    const { picture, sound, info } = await make(await open(), path, { ranges: [{ start: 0.5, end: 2.5 }] })
    expect(info.video).toMatchObject(output)
    expect(picture.end).toBeCloseTo(2, 1)
    expect(sound.end).toBeCloseTo(2, 1)
  })

  it('a recording without sound gets a silent track', async () => {
    const path = await makeVideo({ audio: 'none' })
    const { sound, loudness } = await make(await open(), path, { ranges: [{ start: 0.5, end: 1.5 }] })
    expect(sound.end).toBeCloseTo(1, 1)
    expect(loudness.integrated).toBeNull()
  })

  it('a recording without a picture gets a card', async () => {
    const path = await makeAudio({ seconds: 3 })
    const { picture, sound, info } = await make(await open(), path, { ranges: [{ start: 0.5, end: 2.5 }] })
    expect(info.video).toMatchObject({ ...output, frameRate: 30 })
    expect(picture.count).toBe(60)
    expect(sound.end).toBeCloseTo(2, 1)
  })

  it('where the picture ends before the sound its last frame stays', async () => {
    const path = await makeVideo({ seconds: 2, audioSeconds: 4 })
    const { picture, sound } = await make(await open(), path, { ranges: [{ start: 1, end: 3.5 }] })
    expect(picture.end).toBeCloseTo(2.5, 1)
    expect(sound.end).toBeCloseTo(2.5, 1)
  })

  it('HDR becomes ordinary video', async () => {
    const path = join(mediaFolder(), 'hdr.mp4')
    await runFfmpeg(
      [
        [
          '-f',
          'lavfi',
          '-i',
          'testsrc2=s=160x90:r=25:d=2',
          '-vf',
          'format=yuv420p10le',
          '-c:v',
          'libx265',
          '-preset',
          'ultrafast',
        ],
        [
          '-x265-params',
          'log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:range=limited',
          path,
        ],
      ].flat(),
    )
    const media = await open()
    expect((await media.probe(path)).video?.hdr).toBe(true)
    const { info, picture } = await make(media, path, { ranges: [{ start: 0.5, end: 1.5 }] })
    expect(info.video?.hdr).toBe(false)
    expect(picture.count).toBe(25)
  })

  it('interlaced video becomes whole frames', async () => {
    const path = join(mediaFolder(), 'interlaced.mp4')
    const fields = 'testsrc2=s=160x90:r=50:d=2,tinterlace=interleave_top,fieldorder=tff'
    await runFfmpeg(['-f', 'lavfi', '-i', fields, '-c:v', 'mpeg2video', '-flags', '+ildct+ilme', '-top', '1', path])
    const media = await open()
    expect((await media.probe(path)).video?.interlaced).toBe(true)
    expect((await make(media, path, { ranges: [{ start: 0.4, end: 1.4 }] })).picture.count).toBe(25)
  })

  it('a rate that varies becomes thirty frames a second', async () => {
    const path = join(mediaFolder(), 'variable.mp4')
    const uneven = "testsrc2=s=160x90:r=50:d=3,select='not(mod(n,7))+gt(mod(n,50),30)'"
    await runFfmpeg(['-f', 'lavfi', '-i', uneven, '-vsync', 'vfr', '-pix_fmt', 'yuv420p', path])
    const media = await open()
    expect((await media.probe(path)).video?.variableFrameRate).toBe(true)
    const { info, picture } = await make(media, path, { ranges: [{ start: 0.5, end: 2.5 }] })
    expect(info.video).toMatchObject({ frameRate: 30, variableFrameRate: false })
    expect(picture.count).toBe(60)
  })
})

test('the same request gives the same bytes', async () => {
  const media = createMedia({ tools: await findMediaTools({}) })
  const path = await makeVideo({ seconds: 3 })
  await make(media, path, { ranges: [{ start: 0.5, end: 2.5 }] })
  const first = await readFile(join(folder, 'clip.mp4'))
  await make(media, path, { ranges: [{ start: 0.5, end: 2.5 }] })
  expect(first.equals(await readFile(join(folder, 'clip.mp4')))).toBe(true)
  expect(first.includes('Lavf')).toBe(false)
})

test('encoder threads share a picture instead of racing each other through several', async () => {
  const path = await makeVideo({ seconds: 3 })
  const { encoderOptions } = await make(createMedia({ tools: await findMediaTools({}) }), path, {
    ranges: [{ start: 0.5, end: 2.5 }],
  })
  expect(encoderOptions).toContain('sliced_threads=1')
  expect(encoderOptions).toMatch(/ threads=2 /)
})

/** When the clip's picture turns white, seconds. */
async function flashes(): Promise<number[]> {
  const raw = join(folder, 'light.gray')
  await runFfmpeg(['-i', join(folder, 'clip.mp4'), '-vf', 'scale=1:1:flags=area,format=gray', '-f', 'rawvideo', raw])
  return onsets([...(await readFile(raw))].map((gray) => gray > 100)).map((frame) => frame / 25)
}

/** When the clip's sound begins to beep, seconds. */
async function beeps(): Promise<number[]> {
  const raw = join(folder, 'sound.raw')
  await runFfmpeg(['-i', join(folder, 'clip.mp4'), '-ac', '1', '-ar', '8000', '-f', 's16le', raw])
  const bytes = await readFile(raw)
  // In steps of 10 ms: a wave passes zero all the time.
  const loud = Array.from({ length: Math.floor(bytes.length / 160) }, (_, step) => {
    return Array.from({ length: 80 }, (__, i) => Math.abs(bytes.readInt16LE(step * 160 + 2 * i))).some(
      (level) => level > 4000,
    )
  })
  return onsets(loud).map((step) => step / 100)
}

function onsets(marks: boolean[]): number[] {
  return marks.flatMap((mark, i) => (mark && !marks[i - 1] ? [i] : []))
}
