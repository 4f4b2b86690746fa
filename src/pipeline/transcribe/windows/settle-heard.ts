import { formatClock, lengthOf, type TimeRange } from '../../../domain/time-range.ts'
import type { Word } from '../../../domain/transcript.ts'
import type { HeardWindow } from '../speech-engine.ts'
import type { Cue } from '../transcriber.ts'

interface Settling {
  heard: HeardWindow
  /** Of the recording, seconds. */
  window: TimeRange
  /** Stretches without sound, in order, in seconds of the recording. */
  silences: readonly TimeRange[]
}

interface SettledWindow {
  /** In seconds of the recording, in order, all inside the window. */
  cues: Cue[]
  warnings: string[]
}

/** Engines round up at the end, and count from the start of their padding. Seconds. */
const tolerance = 0.5
/** Only a silence this long contradicts a word; kept of it at both ends is what quiet speech and coarse word times take. Seconds. */
const provenSilence = 2
const silenceMargin = 0.5

/**
 * What an engine says it heard, held against what can be: times that leave the window are clipped, cues that begin beyond its end
 * and cues inside a silence are left out with a warning, and where word times make no sense they are estimated from the cue.
 * Engines do this at the ends of films and in pauses: they were trained on subtitles that thank for watching.
 */
export function settleHeard({ heard, window, silences }: Settling): SettledWindow {
  const warnings: string[] = []
  const length = lengthOf(window)
  const proven = silences
    .filter((silence) => lengthOf(silence) >= provenSilence && silence.end > window.start && silence.start < window.end)
    .map(({ start, end }) => ({ start: start + silenceMargin, end: end - silenceMargin }))
  let beyond = 0
  let unheard = 0
  const cues = heard.cues.flatMap((cue): Cue[] => {
    if (cue.text.trim() === '') return []
    if (!Number.isFinite(cue.start) || !Number.isFinite(cue.end) || cue.start >= length + tolerance) {
      beyond++
      return []
    }
    const placed = placeCue(cue, window)
    if (!proven.some(({ start, end }) => placed.start >= start && placed.end <= end)) return [placed]
    unheard++
    return []
  })
  const where = formatClock(window.start)
  if (beyond > 0) warnings.push(`Text beyond the end of the sound it was heard in was left out, near ${where}.`)
  if (unheard > 0) warnings.push(`Text where there is no sound was left out, near ${where}.`)
  return { cues: cues.toSorted((a, b) => a.start - b.start), warnings }
}

function placeCue(cue: Cue, window: TimeRange): Cue {
  const clip = (time: number) => Math.min(Math.max(window.start + time, window.start), window.end)
  const start = clip(cue.start)
  const end = Math.max(start, clip(cue.end))
  const words = cue.words?.map((word) => ({ ...word, start: clip(word.start), end: clip(word.end) })) ?? null
  return { ...cue, start, end, words: cue.words && words && areTimesSound(cue.words, lengthOf(window)) ? words : null }
}

/** Clipped times of an engine that lost its way would pile its words up at the end of the window. */
function areTimesSound(words: readonly Word[], length: number): boolean {
  return (
    words.length > 0 &&
    words.every(({ start, end }) => start > -tolerance && start < length + tolerance && end >= start)
  )
}
