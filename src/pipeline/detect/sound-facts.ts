import type { LoudnessCurve } from '../../domain/observation.ts'

/** Loudness second by second, and how the whole recording spreads. */
export interface SoundFacts {
  /** Loudest value of each second in LUFS; NaN where nothing was measured. */
  peaks: Float64Array
  /** All measured peaks in order of size. */
  sorted: Float64Array
}

interface Range {
  start: number
  end: number
}

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
  const sorted = peaks.filter((value) => !Number.isNaN(value)).sort()
  return sorted.length === 0 ? null : { peaks, sorted }
}

/** Share of the recording's seconds that are quieter than the loud part (upper fifth) of a span, 0 to 1; null without sound there. */
export function loudnessRank({ peaks, sorted }: SoundFacts, { start, end }: Range): number | null {
  const inside = secondsIn(peaks, { start, end })
  const loud = inside[Math.floor(inside.length * 0.8)]
  if (loud === undefined) return null
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < loud) low = middle + 1
    else high = middle
  }
  return low / sorted.length
}

/** Loudness units between the quiet and the loud fifth of a span; 0 without sound. */
export function loudnessRange({ peaks }: SoundFacts, range: Range): number {
  const inside = secondsIn(peaks, range)
  return (inside[Math.floor(inside.length * 0.8)] ?? 0) - (inside[Math.floor(inside.length * 0.2)] ?? 0)
}

function secondsIn(peaks: Float64Array, { start, end }: Range): Float64Array {
  return peaks
    .slice(Math.floor(start), Math.ceil(end))
    .filter((value) => !Number.isNaN(value))
    .sort()
}
