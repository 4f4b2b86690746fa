import { lengthOf, overlapOf, type TimeRange } from '../../domain/time-range.ts'
import type { SpokenWord } from './spoken-words.ts'

/** A stretch without words, and how many seconds of it are too many. */
export interface DeadAir extends TimeRange {
  deadSeconds: number
}

interface DeadAirInput {
  words: readonly SpokenWord[]
  /** Silences that were heard, in order; null when nobody listened: then every stretch without words counts as silent. */
  silences: readonly TimeRange[] | null
  /** Seconds. */
  duration: number
}

// Up to two seconds of silence are a pause for effect. Where nobody listened, the pause may as well be laughter: four are let pass.
const pauseForEffect = 2
const pauseUnheard = 4

/** Stretches where nothing is said for long and nothing is heard either, in order; laughter and music are heard. */
export function findDeadAir({ words, silences, duration }: DeadAirInput): DeadAir[] {
  const allowed = silences === null ? pauseUnheard : pauseForEffect
  const found: DeadAir[] = []
  let spokenUntil = 0
  let silence = 0
  for (let i = 0; i <= words.length; i++) {
    const gap = { start: spokenUntil, end: words[i]?.start ?? duration }
    spokenUntil = Math.max(spokenUntil, words[i]?.end ?? duration)
    if (lengthOf(gap) <= allowed) continue
    while (silences !== null && silence < silences.length && (silences[silence]?.end ?? 0) <= gap.start) silence++
    const deadSeconds = quietSeconds(gap, silences, silence) - allowed
    if (deadSeconds > 0) found.push({ ...gap, deadSeconds })
  }
  return found
}

function quietSeconds(gap: TimeRange, silences: readonly TimeRange[] | null, from: number): number {
  if (silences === null) return lengthOf(gap)
  let seconds = 0
  for (let i = from; i < silences.length; i++) {
    const silence = silences[i]
    if (silence === undefined || silence.start >= gap.end) break
    seconds += overlapOf(gap, silence)
  }
  return seconds
}
