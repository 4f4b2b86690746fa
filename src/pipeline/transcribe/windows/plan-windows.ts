import { lengthOf, roundToMs, type TimeRange } from '../../../domain/time-range.ts'

export interface PlannedWindow extends TimeRange {
  /** Seconds at its start that the window before has too, because no silence was near; 0 where it begins in a silence. */
  overlap: number
}

export interface PlanRequest {
  /** Of the recording, seconds. */
  duration: number
  /** In order, seconds; nothing wholly inside one of them is heard. */
  silences: readonly TimeRange[]
  /** Longest window, seconds. */
  longest: number
}

/** Silences at least this long are left out altogether: an engine that pads its windows would rather be asked less often. */
const skippedSilence = 8
/** Kept of a silence that is left out, at both ends: consonants are quieter than the threshold. Seconds. */
const margin = 0.3
/** Sound shorter than this between two long silences is a click, not a word. Seconds. */
const shortestSound = 0.1
/**
 * Where in a window a silence to cut in is looked for, as shares of it, the best place first: full windows are fewer, and an engine
 * that pads them takes as long for half a one.
 */
const cutPlaces = [
  { from: 0.75, to: 1 },
  { from: 0.4, to: 0.75 },
] as const
/** What two windows share when there is no silence to cut in: a few words on both sides, so that they can be laid over each other. */
const usualOverlap = 5

/**
 * Cuts a recording into windows for an engine: in the longest silence near the end of each window; where there is none, at its
 * end, and the next one begins a few seconds earlier. Long silences are in no window, so a silent recording has none.
 */
export function planWindows({ duration, silences, longest }: PlanRequest): PlannedWindow[] {
  const windows: PlannedWindow[] = []
  const pauses = usable(silences)
  for (const stretch of soundingStretches(duration, silences)) {
    let [start, overlap] = [stretch.start, 0]
    while (stretch.end - start > longest) {
      const pause = placeToCut(pauses, start, longest)
      const end = roundToMs(pause ?? start + longest)
      windows.push({ start, end, overlap })
      overlap = pause === null ? Math.min(usualOverlap, longest / 4) : 0
      start = roundToMs(end - overlap)
    }
    windows.push({ start, end: stretch.end, overlap })
  }
  return windows
}

function soundingStretches(duration: number, silences: readonly TimeRange[]): TimeRange[] {
  const sounds: TimeRange[] = []
  let start = 0
  for (const silence of usable(silences)) {
    const isEdge = silence.start <= 0 || silence.end >= duration
    // At the edges of the recording any silence can go.
    if (lengthOf(silence) < (isEdge ? 2 * margin : skippedSilence)) continue
    sounds.push({ start, end: silence.start })
    start = silence.end
  }
  sounds.push({ start, end: duration })
  return sounds.filter((sound) => lengthOf(sound) >= shortestSound).map((sound) => widened(sound, duration))
}

function widened({ start, end }: TimeRange, duration: number): TimeRange {
  // A window must not reach a fraction of a millisecond beyond the recording.
  const last = Math.floor(duration * 1000) / 1000
  return { start: roundToMs(Math.max(0, start - margin)), end: Math.min(roundToMs(end + margin), last) }
}

function usable(silences: readonly TimeRange[]): TimeRange[] {
  return silences.filter(({ start, end }) => end > start).toSorted((a, b) => a.start - b.start)
}

function placeToCut(pauses: readonly TimeRange[], start: number, longest: number): number | null {
  for (const { from, to } of cutPlaces) {
    const pause = longestPause(pauses, { start: start + longest * from, end: start + longest * to })
    if (pause !== null) return pause
  }
  return null
}

/** The middle of the longest silence whose middle is within, or null. */
function longestPause(pauses: readonly TimeRange[], within: TimeRange): number | null {
  let best: TimeRange | null = null
  for (let index = firstEndingAfter(pauses, within.start); index < pauses.length; index++) {
    const pause = pauses[index]
    if (!pause || pause.start > within.end) break
    const middle = (pause.start + pause.end) / 2
    if (middle < within.start || middle > within.end) continue
    if (best === null || lengthOf(pause) > lengthOf(best)) best = pause
  }
  return best === null ? null : (best.start + best.end) / 2
}

/** By halving: a long recording has thousands. */
function firstEndingAfter(pauses: readonly TimeRange[], time: number): number {
  let [low, high] = [0, pauses.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pauses[middle]?.end ?? 0) <= time) low = middle + 1
    else high = middle
  }
  return low
}
