import type { AudioStream, MediaInfo } from '../../../domain/media-info.ts'
import type { Media } from '../../../media/create-media.ts'
import { seekInput } from '../../../media/seek-input.ts'
import { perSecond } from '../graph/choose-frame-rate.ts'
import { planReads } from '../graph/plan-reads.ts'
import type { Timeline } from '../graph/plan-timeline.ts'
import { type Gain, noGain, soundFilters } from './audio-filters.ts'
import { createLoudnessReader, type Loudness } from './parse-loudness.ts'
import { createLevelReader, levelMeter } from './treat/listen.ts'
import { musicArgs, type Treatment } from './treat/treatment.ts'

/** What the big platforms play at. LUFS. */
const targetLufs = -14
/** Below this there is nothing to hear, only noise that a gain would bring up. LUFS. */
const nothingToHear = -60
/** Thirty decibels turn a whisper into speech; more would turn a quiet room into a storm. */
const mostGain = 30
/** How much more may be given for what the limiter takes away; beyond it the sound is a brick. dB. */
const mostForLimiter = 9
/**
 * The limiter's ceiling, dB below full scale: one below the −1 dBTP that clips must keep, because AAC brings back about half
 * a decibel of what was limited.
 */
export const defaultLimit = -2
/** What the ear can't tell, and half of what the quality gate allows. LU. */
const closeEnough = 0.2
const mostTries = 4

export interface LoudnessPlan {
  /** As it is in the recording. */
  source: Loudness
  gain: Gain
  /** What the clip will measure, LUFS; null for silence. */
  expected: number | null
  /** Sentences about what could not be reached. */
  warnings: string[]
  /** What is done before the gain; left out where nothing is. */
  treatment?: Treatment | undefined
}

export interface MeasureRequest {
  media: Media
  source: { path: string; info: Pick<MediaInfo, 'container'> }
  timeline: Timeline
  /** Null for a recording without sound. */
  track: AudioStream | null
  /** Ceiling of the limiter where one is needed, dB below full scale. */
  limitDb?: number
  treatment?: Treatment | undefined
  /** ffmpeg's working folder, where the treatment's music is. */
  folder?: string | undefined
}

/**
 * Measures the sound of a clip before it is made and decides on one gain for all of it, so that it plays at −14 LUFS.
 * Peaks that would go over get a limiter; because a limiter takes loudness away, it is then measured again with it and the
 * gain corrected. Reads sound only, through the filters that the rendering uses.
 */
export async function measureSpanLoudness({
  limitDb = defaultLimit,
  ...request
}: MeasureRequest): Promise<LoudnessPlan> {
  const { treatment } = request
  if (!request.track && !treatment?.music)
    return { source: silence, gain: noGain, expected: null, warnings: [], treatment }
  const source = await measure(request, noGain)
  if (source.integrated === null || source.integrated < nothingToHear) {
    return { source, gain: noGain, expected: null, warnings: ['There is nothing to hear in this clip.'], treatment }
  }
  // What the treatment gave already is not given again.
  const most = mostGain - (treatment?.level ?? 0)
  const wanted = Math.min(targetLufs, source.integrated + most)
  const decibels = round(wanted - source.integrated)
  const warnings = wanted < targetLufs ? [quietWarning(source.integrated - (treatment?.level ?? 0))] : []
  if ((source.truePeak ?? 0) + decibels <= limitDb) {
    return { source, gain: { decibels, limitDb: null }, expected: wanted, warnings, treatment }
  }
  const limited = await correctForLimiter(request, { wanted, first: decibels, limitDb, most })
  const short = wanted - limited.expected > closeEnough ? [peakWarning(limited.expected)] : []
  return { source, ...limited, warnings: [...warnings, ...short], treatment }
}

interface Correction {
  wanted: number
  first: number
  limitDb: number
  /** Highest gain, dB. */
  most: number
}

async function correctForLimiter(request: MeasureRequest, { wanted, first, limitDb, most }: Correction) {
  let decibels = first
  for (let tries = 1; ; tries++) {
    const { integrated } = await measure(request, { decibels, limitDb })
    const expected = integrated ?? wanted
    const missing = wanted - expected
    if (Math.abs(missing) <= closeEnough || tries === mostTries) return { gain: { decibels, limitDb }, expected }
    decibels = round(Math.min(decibels + missing, first + mostForLimiter, most))
  }
}

async function measure(request: MeasureRequest, gain: Gain): Promise<Loudness> {
  const reader = createLoudnessReader()
  await hear(request, { gain, meter, onLine: reader.take })
  return reader.read()
}

/** The level of each `windowSeconds` of a clip's sound, dB below full scale. */
export async function measureLevels(request: MeasureRequest): Promise<number[]> {
  const reader = createLevelReader()
  await hear(request, { gain: noGain, meter: levelMeter, onLine: reader.take })
  return reader.levels
}

interface Hearing {
  gain: Gain
  /** Filters that write what they hear into the log. */
  meter: string
  onLine: (line: string) => void
}

async function hear(request: MeasureRequest, { gain, meter: filters, onLine }: Hearing): Promise<void> {
  const { media, source, timeline, track, treatment, folder } = request
  const reads = planReads(timeline).map(({ start, frameCount }) => {
    const seconds = frameCount / perSecond(timeline.frameRate) + 0.5
    const { container } = source.info
    return seekInput({ path: source.path, container, start, seconds, options: ['-vn', '-sn', '-dn'] })
  })
  const inputs = track ? reads : []
  const sound = soundFilters({ timeline, inputs, track, gain, treatment, musicInput: inputs.length })
  const graph = [...sound, `[sound]${filters}[measured]`].join(';')
  const music = treatment?.music ? musicArgs(treatment.music) : []
  await media.ffmpegLines({
    args: [
      ...inputs.flatMap(({ args }) => args),
      ...music,
      ...['-filter_complex', graph, '-map', '[measured]', '-f', 'null', '-'],
    ],
    cwd: folder,
    duration: timeline.duration,
    onLine,
  })
}

/** Without `framelog` it would write ten lines a second. */
export const meter = 'ebur128=peak=true:framelog=verbose'

const silence: Loudness = { integrated: null, truePeak: null }

function round(decibels: number): number {
  return Math.round(decibels * 100) / 100
}

function quietWarning(lufs: number): string {
  return `The recording is very quiet here (${lufs.toFixed(1)} LUFS); it was made louder by ${mostGain} dB and no more, to keep the noise down.`
}

function peakWarning(lufs: number): string {
  return `The sound is short loud peaks over near silence; it plays at ${lufs.toFixed(1)} LUFS, louder would distort it.`
}
