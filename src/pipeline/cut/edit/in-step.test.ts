import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runFfmpeg } from '../../../../test/support/make-media.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import type { Segment } from '../../../domain/transcript.ts'
import { createMedia, type Media } from '../../../media/create-media.ts'
import { findMediaTools } from '../../../media/find-media-tools.ts'
import { wordsOfClip } from '../captions/plan-captions.ts'
import { writeSrt } from '../captions/write-srt.ts'
import { chooseFrameRate, perSecond } from '../graph/choose-frame-rate.ts'
import { planGraph } from '../graph/plan-graph.ts'
import { planReads } from '../graph/plan-reads.ts'
import { planTimeline, playedRanges } from '../graph/plan-timeline.ts'
import { noGain } from '../sound/audio-filters.ts'

const output = { width: 90, height: 90 }
const seconds = 10

let folder: string
let media: Media
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-step-'))
  media = createMedia({ tools: await findMediaTools({}) })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Once a second, on a frame of its own, the picture flashes and a beep begins. */
function signalsAt(rate: number): number[] {
  return Array.from({ length: seconds - 1 }, (_, k) => Math.round((k + 0.7) * rate) / rate)
}

interface Source {
  name: string
  rate: string
  perSecond: number
  /** ffmpeg filters after the flashes; drops frames where the rate varies. */
  filters?: string
}

const sources: Source[] = [
  { name: '23.976 frames a second', rate: '24000/1001', perSecond: 24_000 / 1001 },
  { name: '25 frames a second', rate: '25', perSecond: 25 },
  { name: '29.97 frames a second', rate: '30000/1001', perSecond: 30_000 / 1001 },
  { name: '30 frames a second', rate: '30', perSecond: 30 },
  {
    name: 'a rate that varies',
    rate: '50',
    perSecond: 50,
    filters: "select='not(mod(n,7))+gt(mod(n,50),30)'",
  },
]

async function makeSource({ name, rate, perSecond: frames, filters }: Source): Promise<string> {
  const path = join(folder, `${name.replaceAll(/\W/g, '-')}.mp4`)
  const signals = signalsAt(frames)
  const flash = signals.map((time) => `between(t,${time - 0.001},${time + 0.1})`).join('+')
  const beep = signals.map((time) => `between(t,${time},${time + 0.1})`).join('+')
  await runFfmpeg(
    [
      ['-f', 'lavfi', '-i', `color=black:s=90x90:r=${rate}:d=${seconds},drawbox=t=fill:c=white:enable='${flash}'`],
      ['-f', 'lavfi', '-i', `aevalsrc='0.8*sin(2*PI*1000*t)*(${beep})':s=48000:d=${seconds}`],
      filters === undefined ? [] : ['-vf', filters, '-vsync', 'vfr'],
      ['-g', '250', '-pix_fmt', 'yuv420p', '-preset', 'ultrafast', '-c:a', 'pcm_s16le', '-f', 'mov', path],
    ].flat(),
  )
  return path
}

/** Near and far apart, back and forth, to the millisecond; two close together, as tightening leaves them. */
const ranges: TimeRange[] = [
  { start: 0.351, end: 1.933 },
  { start: 2.317, end: 2.957 },
  { start: 3.466, end: 3.971 },
  { start: 7.313, end: 9.021 },
  { start: 4.929, end: 5.987 },
  { start: 0.51, end: 1.2 },
]

/** Each by somebody else, so that each has a caption of its own. */
function segmentsOf(frames: number): Segment[] {
  return signalsAt(frames).map((start, ordinal) => {
    const words = [{ text: `Beep${ordinal}.`, start, end: start + 0.15, confidence: 1, timing: 'exact' as const }]
    return { ordinal, start, end: start + 0.15, text: `Beep${ordinal}.`, speaker: `Speaker ${ordinal}`, words }
  })
}

async function makeClip(path: string, played: readonly TimeRange[]) {
  const info = await media.probe(path)
  const frameRate = chooseFrameRate(info.video)
  const scene = { start: 0, end: seconds, kind: 'crop' as const, crop: { x: 0, y: 0, ...output }, reason: '' }
  const framing = { aspect: '1:1' as const, scenes: [scene] }
  const timeline = planTimeline({ edit: { ranges: [...played] }, framing, frameRate })
  const args = planGraph({
    source: { path, info },
    timeline,
    output,
    burnIn: { scripts: [], fonts: 'fonts' },
    gain: noGain,
    track: info.audio[0] ?? null,
    card: null,
    threads: 1,
    capabilities: media.tools.capabilities,
    fileName: 'clip.mp4',
  })
  await media.ffmpeg({ args: ['-y', ...args], cwd: folder })
  return { timeline, rate: perSecond(frameRate) }
}

async function flashesIn(rate: number): Promise<number[]> {
  const raw = join(folder, 'light.gray')
  await runFfmpeg(['-i', join(folder, 'clip.mp4'), '-vf', 'scale=1:1:flags=area,format=gray', '-f', 'rawvideo', raw])
  return onsets([...(await readFile(raw))].map((gray) => gray > 100)).map((frame) => frame / rate)
}

async function samplesIn(): Promise<Float32Array> {
  const raw = join(folder, 'sound.raw')
  await runFfmpeg(['-i', join(folder, 'clip.mp4'), '-ac', '1', '-ar', '48000', '-f', 'f32le', raw])
  const bytes = await readFile(raw)
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
}

/** To the millisecond. */
function beepsIn(samples: Float32Array): number[] {
  const loud = Array.from({ length: Math.floor(samples.length / 48) }, (_, ms) =>
    samples.subarray(ms * 48, ms * 48 + 48).some((level) => Math.abs(level) > 0.2),
  )
  // A wave passes zero all the time.
  const steady = loud.map((mark, ms) => mark || (loud[ms - 1] ?? false) || (loud[ms + 1] ?? false))
  return onsets(steady).map((ms) => ms / 1000)
}

function onsets(marks: boolean[]): number[] {
  return marks.flatMap((mark, i) => (mark && !marks[i - 1] ? [i] : []))
}

function captionStarts(srt: string): number[] {
  return [...srt.matchAll(/(\d+):(\d+):(\d+),(\d+) -->/g)].map(([, h, m, s, ms]) => {
    return Number(h) * 3600 + Number(m) * 60 + Number(s) + Number(ms) / 1000
  })
}

const furthest = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((time, i) => Math.abs(time - (b[i] ?? 99))))

describe.each(sources)('a clip of six ranges of a recording with $name', (source) => {
  test('keeps picture, sound and captions together', async () => {
    const path = await makeSource(source)
    const { timeline, rate } = await makeClip(path, ranges)
    // The first four are read in one go.
    expect(planReads(timeline).map(({ stretches }) => stretches.length)).toEqual([4, 1, 1])
    const words = wordsOfClip({ segments: segmentsOf(source.perSecond), ranges: playedRanges(timeline) })
    const captions = captionStarts(writeSrt(words))
    const [flashes, samples] = [await flashesIn(rate), await samplesIn()]
    const beeps = beepsIn(samples)
    expect(captions).toHaveLength(8)
    expect(beeps).toHaveLength(8)
    expect(flashes).toHaveLength(8)
    const measured = { captions: furthest(captions, beeps), picture: furthest(flashes, beeps) }
    expect(measured.captions).toBeLessThan(0.01)
    expect(measured.picture).toBeLessThan(0.04)
    // As long as its frames, to a thousandth: joins take no time.
    expect(Math.abs(samples.length / 48_000 - timeline.duration)).toBeLessThan(0.025)
  })
})

test('fifty joins do not let the sound drift from the picture', async () => {
  const [source] = sources
  if (!source) throw new Error('no source')
  const path = await makeSource(source)
  const many = Array.from({ length: 50 }, (_, i) => ({ start: 0.3 + i * 0.18, end: 0.3 + i * 0.18 + 0.131 }))
  const { timeline, rate } = await makeClip(path, [...many, { start: 8.4, end: 9.4 }])
  expect(planReads(timeline)).toHaveLength(2)
  const [flashes, beeps] = [await flashesIn(rate), beepsIn(await samplesIn())]
  expect(Math.abs((flashes.at(-1) ?? 0) - (beeps.at(-1) ?? 9))).toBeLessThan(0.04)
})

test('joins do not click: a steady tone cut at odd places jumps no more than the tone itself', async () => {
  const path = join(folder, 'tone.mov')
  await runFfmpeg(
    [
      ['-f', 'lavfi', '-i', `color=gray:s=90x90:r=25:d=${seconds}`],
      ['-f', 'lavfi', '-i', `aevalsrc='0.5*sin(2*PI*220*t)':s=48000:d=${seconds}`],
      ['-pix_fmt', 'yuv420p', '-preset', 'ultrafast', '-c:a', 'pcm_s16le', path],
    ].flat(),
  )
  await makeClip(path, ranges)
  const samples = await samplesIn()
  // What the tone itself does from one sample to the next, and as much again for the encoder's rounding.
  const steepest = 0.5 * 2 * Math.PI * (220 / 48_000)
  let jump = 0
  for (let i = 1; i < samples.length; i++) jump = Math.max(jump, Math.abs((samples[i] ?? 0) - (samples[i - 1] ?? 0)))
  expect(jump).toBeLessThan(2 * steepest)
})
