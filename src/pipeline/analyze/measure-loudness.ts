import type { AudioStream, MediaInfo } from '../../domain/media-info.ts'
import type { Analysis, LoudnessCurve } from '../../domain/observation.ts'
import { lengthOf, roundToMs, type TimeRange } from '../../domain/time-range.ts'
import type { Media } from '../../media/create-media.ts'
import { mediaInput } from '../../media/media-input.ts'
import { createLoudnessParser, type HeardSound, SILENCE_LUFS } from './parse-loudness.ts'

export type MeasuredSound = Pick<Analysis, 'loudness' | 'silences' | 'warnings'>

export interface MeasureLoudness {
  media: Media
  path: string
  info: MediaInfo
  /** Share done, 0 to 1. */
  onProgress?: ((fraction: number) => void) | undefined
}

const STEP_SECONDS = 1
/** Shorter pauses belong to speech: breaths and the closure of consonants. */
const LEAST_SILENCE_SECONDS = 0.3
/** Peak level under which there is nothing worth hearing, for a recording of ordinary loudness (-14 to -24 LUFS). */
const SILENCE_DB = -38
/** A recording quieter than this has its speech near `SILENCE_DB`. */
const QUIET_LUFS = -35
/** How far under the loudness of a quiet recording its silence is looked for, as for the ordinary one. */
const QUIET_MARGIN = 18
/** Speech pauses a tenth of the time and more; with less silence than this, noise fills the pauses. */
const LEAST_SILENT_SHARE = 0.02
/** Where the pauses of a noisy recording lie: finds those of a 1961 speech full of hiss, and invents none in read prose. */
const NOISY_MARGIN = 13

/**
 * Loudness second by second and the silences of the first audio track, decoded once; no memory but the answer's.
 * Where the track begins late or ends early there is silence. Without audio: an empty curve, no silences.
 */
export async function measureLoudness({ media, path, info, onProgress }: MeasureLoudness): Promise<MeasuredSound> {
  const [track] = info.audio
  if (!track) return { loudness: { step: STEP_SECONDS, values: [], integrated: null }, silences: [], warnings: [] }
  const listen = (filters: string) => listenTo({ media, path, track, duration: info.duration, filters, onProgress })

  const sound = await listen(`${silenceFilter(SILENCE_DB)},ebur128`)
  const loudness = curveOf(sound, info.duration)
  const { integrated } = loudness
  if (integrated === null || integrated <= SILENCE_LUFS) {
    return { loudness, silences: [{ start: 0, end: info.duration }], warnings: ['The audio track is silent.'] }
  }
  const silences = silencesOf(sound, info.duration)
  const warnings = integrated < QUIET_LUFS ? [`The recording is very quiet (${integrated} LUFS).`] : []
  const fitting = fittingThreshold({ integrated, silentShare: shareOf(silences, info.duration) })
  if (fitting === null) return { loudness, silences, warnings }

  // Without ebur128 this takes half the time, and few recordings need it.
  const again = await listen(silenceFilter(fitting))
  return { loudness, silences: silencesOf({ ...again, heard: sound.heard }, info.duration), warnings }
}

/** The peak level in dB to look for silence under, when `SILENCE_DB` does not fit this recording; else null. */
export function fittingThreshold({
  integrated,
  silentShare,
}: {
  integrated: number
  silentShare: number
}): number | null {
  if (integrated < QUIET_LUFS) return integrated - QUIET_MARGIN
  const noisy = integrated - NOISY_MARGIN
  return silentShare < LEAST_SILENT_SHARE && noisy > SILENCE_DB ? noisy : null
}

function shareOf(ranges: TimeRange[], duration: number): number {
  return ranges.reduce((sum, range) => sum + lengthOf(range), 0) / duration
}

function silenceFilter(decibels: number): string {
  return `silencedetect=noise=${decibels.toFixed(1)}dB:duration=${LEAST_SILENCE_SECONDS}`
}

interface Listening extends Omit<MeasureLoudness, 'info'> {
  track: AudioStream
  duration: number
  filters: string
}

async function listenTo({ media, path, track, duration, filters, onProgress }: Listening): Promise<HeardSound> {
  const parser = createLoudnessParser(duration)
  await media.ffmpegLines({
    args: [...mediaInput(path), '-map', `0:${track.streamIndex}`, '-af', filters, '-f', 'null', '-'],
    duration,
    onProgress: ({ fraction }) => onProgress?.(fraction),
    onLine: (line) => parser.takeLine(line),
  })
  return parser.finish()
}

/** One value for each second of the recording, begun ones too. */
function curveOf({ values, integrated, heard }: HeardSound, duration: number): LoudnessCurve {
  const seconds = Math.ceil(duration / STEP_SECONDS)
  // A last second too short to hold a measurement of its own sounds as the one before it.
  const stillHeard = (second: number) => heard !== null && second < heard.end + 0.1
  const valueOf = (second: number) => values[second] ?? (stillHeard(second) ? values.at(-1) : undefined) ?? SILENCE_LUFS
  return { step: STEP_SECONDS, values: Array.from({ length: seconds }, (_, second) => valueOf(second)), integrated }
}

/** With the stretches before the track begins and after it ends; joined, within the recording. */
function silencesOf({ silences, heard }: HeardSound, duration: number): TimeRange[] {
  const around = heard ? [{ start: 0, end: heard.start }, ...silences, { start: heard.end, end: duration }] : silences
  const joined: TimeRange[] = []
  for (const range of around) {
    const next = { start: roundToMs(Math.max(0, range.start)), end: roundToMs(Math.min(duration, range.end)) }
    const last = joined.at(-1)
    // The end of the sound is known to a tenth of a second.
    if (last && next.start - last.end <= 0.1)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, next.end) }
    else joined.push(next)
  }
  return joined.filter((range) => lengthOf(range) >= LEAST_SILENCE_SECONDS)
}
