import type { LoudnessCurve } from '../../domain/observation.ts'
import type { TimeRange } from '../../domain/time-range.ts'

/** Loudness second by second, and how loud the recording gets stretch by stretch. */
export interface SoundFacts {
  /** Loudest value of each second in LUFS; NaN where nothing was measured. */
  peaks: Float64Array
  /** How loud the loud parts of each 20 s are, in LUFS, in order of size. */
  stretches: Float64Array
}

// About the length of a clip, so that clips are compared with their like.
const stretchSeconds = 20

/** Null when the curve holds no sound at all. Values that are no numbers, and silence (-70), are left out. */
export function soundFacts({ step, values }: LoudnessCurve, duration: number): SoundFacts | null {
  if (!(step > 0) || !(duration > 0)) return null
  const peaks = new Float64Array(Math.ceil(duration)).fill(Number.NaN)
  for (const [i, value] of values.entries()) {
    const second = Math.floor(i * step)
    if (!Number.isFinite(value) || value <= -70 || second >= peaks.length) continue
    const known = peaks[second] ?? Number.NaN
    peaks[second] = Number.isNaN(known) ? value : Math.max(known, value)
  }
  const stretches: number[] = []
  for (let start = 0; start < peaks.length; start += stretchSeconds / 2) {
    const loud = loudPartOf(peaks, { start, end: start + stretchSeconds })
    if (loud !== null) stretches.push(loud)
  }
  return stretches.length === 0 ? null : { peaks, stretches: Float64Array.from(stretches).sort() }
}

/** Share of the recording, 20 s by 20 s, whose loud parts are quieter than those of a span, 0 to 1; null without sound there. */
export function loudnessRank({ peaks, stretches }: SoundFacts, range: TimeRange): number | null {
  const loud = loudPartOf(peaks, range)
  if (loud === null) return null
  let [low, high] = [0, stretches.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stretches[middle] ?? 0) < loud) low = middle + 1
    else high = middle
  }
  return low / stretches.length
}

/** Loudness units between the quiet and the loud fifth of a span; 0 without sound. */
export function loudnessRange({ peaks }: SoundFacts, range: TimeRange): number {
  const inside = secondsIn(peaks, range)
  return (inside[Math.floor(inside.length * 0.8)] ?? 0) - (inside[Math.floor(inside.length * 0.2)] ?? 0)
}

/** Where the loudest fifth of the seconds begins, in LUFS; a single peak may be a cough. */
function loudPartOf(peaks: Float64Array, range: TimeRange): number | null {
  const inside = secondsIn(peaks, range)
  return inside[Math.floor(inside.length * 0.8)] ?? null
}

function secondsIn(peaks: Float64Array, { start, end }: TimeRange): Float64Array {
  const inside = peaks.slice(Math.floor(start), Math.ceil(end))
  return inside.filter((value) => !Number.isNaN(value)).sort()
}
