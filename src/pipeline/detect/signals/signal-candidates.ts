import type { Analysis } from '../../../domain/observation.ts'
import { lengthOf, overlapOf, roundToMs, type TimeRange } from '../../../domain/time-range.ts'

interface CandidateInput {
  analysis: Analysis
  /** Of the recording, in seconds. */
  duration: number
  minSeconds: number
  maxSeconds: number
}

// Where nothing else is, it is cut where it is quietest within these many seconds.
const stretchSeconds = 10
// Each beginning is tried with this many lengths between the least and the greatest.
const lengths = 3
// More of it in silence is nothing to share.
const mostSilent = 0.5

/**
 * Spans that could be clips where no words say where a thought begins: from where sound begins, the picture cuts or it is quietest to another
 * such place. Their number grows with the recording's length alone.
 */
export function signalCandidates({ analysis, duration, minSeconds, maxSeconds }: CandidateInput): TimeRange[] {
  if (duration <= minSeconds) return duration > 0 ? [{ start: 0, end: roundToMs(duration) }] : []
  const { silences, scenes } = analysis
  const cuts = scenes.flatMap(({ start, end }) => [start, end])
  const isSilent = (time: number) => silences.some(({ start, end }) => time >= start && time < end)
  const dips = quietPlaces(analysis, duration).filter((time) => !isSilent(time))
  const starts = inOrder([0, ...silences.map(({ end }) => end), ...cuts, ...dips], duration)
  const ends = inOrder([duration, ...silences.map(({ start }) => start), ...cuts, ...dips], duration)
  const longest = Math.min(maxSeconds, duration)
  const wanted = Array.from({ length: lengths }, (_, i) => minSeconds + ((longest - minSeconds) * i) / (lengths - 1))
  return thinned(starts).flatMap((start) => {
    const places = wanted.map((length) => nearest(ends, start + length))
    const good = [...new Set(places)].filter((end) => end - start >= minSeconds && end - start <= maxSeconds)
    // Where no place to end leaves it a length it may have, it ends anywhere.
    const spans = (good.length > 0 ? good : [roundToMs(start + minSeconds)]).map((end) => ({ start, end }))
    return spans.filter((span) => span.end <= duration && silentShare(span, silences) <= mostSilent)
  })
}

/** The quietest place of each ten seconds. */
function quietPlaces({ loudness: { step, values } }: Analysis, duration: number): number[] {
  if (!(step > 0)) return []
  const places: number[] = []
  const each = Math.max(1, Math.round(stretchSeconds / step))
  for (let from = 0; from < values.length; from += each) {
    let quietest = from
    for (let i = from; i < Math.min(values.length, from + each); i++)
      if ((values[i] ?? 0) < (values[quietest] ?? 0)) quietest = i
    places.push(Math.min(duration, quietest * step))
  }
  return places
}

function inOrder(times: readonly number[], duration: number): number[] {
  const inside = times.filter((time) => Number.isFinite(time) && time >= 0 && time <= duration)
  return [...new Set(inside.map(roundToMs))].sort((a, b) => a - b)
}

/** One beginning in two seconds: more would be the same clip again. */
function thinned(times: readonly number[]): number[] {
  const kept: number[] = []
  for (const time of times) if (time - (kept.at(-1) ?? Number.NEGATIVE_INFINITY) >= 2) kept.push(time)
  return kept
}

/** The value nearest to `time` in a list in order. */
function nearest(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) < time) low = middle + 1
    else high = middle
  }
  const [before = time, after = before] = [times[low - 1] ?? times[low], times[low]]
  return time - before <= after - time ? before : after
}

function silentShare(span: TimeRange, silences: readonly TimeRange[]): number {
  const silent = silences.reduce((sum, silence) => sum + overlapOf(span, silence), 0)
  return silent / Math.max(1e-9, lengthOf(span))
}
