import type { AudioStream, MediaInfo } from '../../../domain/media-info.ts'
import type { Media } from '../../../media/create-media.ts'
import { seekInput } from '../../../media/seek-input.ts'
import { perSecond } from '../graph/choose-frame-rate.ts'
import { planReads } from '../graph/plan-reads.ts'
import type { Timeline } from '../graph/plan-timeline.ts'
import { type Gain, noGain, soundFilters } from './audio-filters.ts'
import { createLoudnessReader, type Loudness } from './parse-loudness.ts'

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
}

interface MeasureRequest {
  media: Media
  source: { path: string; info: Pick<MediaInfo, 'container'> }
  timeline: Timeline
  /** Null for a recording without sound. */
  track: AudioStream | null
  /** Ceiling of the limiter where one is needed, dB below full scale. */
  limitDb?: number
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
  if (!request.track) return { source: silence, gain: noGain, expected: null, warnings: [] }
  const source = await measure(request, noGain)
  if (source.integrated === null || source.integrated < nothingToHear) {
    return { source, gain: noGain, expected: null, warnings: ['There is nothing to hear in this clip.'] }
  }
  const wanted = Math.min(targetLufs, source.integrated + mostGain)
  const decibels = round(wanted - source.integrated)
  const warnings = wanted < targetLufs ? [quietWarning(source.integrated)] : []
  if ((source.truePeak ?? 0) + decibels <= limitDb) {
    return { source, gain: { decibels, limitDb: null }, expected: wanted, warnings }
  }
  const limited = await correctForLimiter(request, { wanted, first: decibels, limitDb })
  const short = wanted - limited.expected > closeEnough ? [peakWarning(limited.expected)] : []
  return { source, ...limited, warnings: [...warnings, ...short] }
}

interface Correction {
  wanted: number
  first: number
  limitDb: number
}

async function correctForLimiter(request: MeasureRequest, { wanted, first, limitDb }: Correction) {
  let decibels = first
  for (let tries = 1; ; tries++) {
    const { integrated } = await measure(request, { decibels, limitDb })
    const expected = integrated ?? wanted
    const missing = wanted - expected
    if (Math.abs(missing) <= closeEnough || tries === mostTries) return { gain: { decibels, limitDb }, expected }
    decibels = round(Math.min(decibels + missing, first + mostForLimiter, mostGain))
  }
}

async function measure({ media, source, timeline, track }: MeasureRequest, gain: Gain): Promise<Loudness> {
  const reader = createLoudnessReader()
  const inputs = planReads(timeline).map(({ start, frameCount }) => {
    const seconds = frameCount / perSecond(timeline.frameRate) + 0.5
    const { container } = source.info
    return seekInput({ path: source.path, container, start, seconds, options: ['-vn', '-sn', '-dn'] })
  })
  const sound = soundFilters({ timeline, inputs, track, gain })
  const graph = [...sound, `[sound]${meter}[measured]`].join(';')
  await media.ffmpegLines({
    args: [...inputs.flatMap(({ args }) => args), '-filter_complex', graph, '-map', '[measured]', '-f', 'null', '-'],
    duration: timeline.duration,
    onLine: reader.take,
  })
  return reader.read()
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
