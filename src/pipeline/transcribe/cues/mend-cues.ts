import { formatClock, type TimeRange } from '../../../domain/time-range.ts'
import { collectWarnings, type WarningCollector } from '../formats/collect-warnings.ts'
import type { Cue } from '../transcriber.ts'
import { TranscriptDoesNotFit, TranscriptUnreadable } from '../transcript-errors.ts'
import { estimateWordTimes, slowestSeconds } from '../words/estimate-word-times.ts'
import { wordsToCues } from '../words/place-words.ts'

interface MendOptions {
  /** Length of the recording in seconds. */
  duration: number
  language?: string | null
  silences?: readonly TimeRange[]
}

/** Share of the text beyond the end of the recording from which on it is the transcript of another one. */
const strangerShare = 0.5
/** A caption may stay for long; over this many seconds, and three times what slow speech needs, it is a mistake. */
const longestPlausible = 30
/** No one speaks faster than this, by far: an auctioneer says about 30 letters a second. */
const leastSecondsALetter = 0.01
/** Overlaps under this many seconds are rounding. */
const notableOverlap = 0.1

/**
 * Brings raw cues into order: sorted, inside the recording, each with a length, none over the next. Says what it
 * did. Cues keep their text; words with exact times keep those.
 * @throws TranscriptDoesNotFit when most of the text lies beyond the end of the recording
 * @throws TranscriptUnreadable when most of the text has no room in its times
 */
export function mendCues(cues: readonly Cue[], options: MendOptions): { cues: Cue[]; warnings: string[] } {
  const warnings = collectWarnings()
  const usable = cues.filter(({ start, end, text }) => Number.isFinite(start) && Number.isFinite(end) && text !== '')
  const inside = withinRecording(usable, options.duration, warnings)
  const sorted = withoutDuplicates(inOrder(inside, warnings), warnings)
  const long = sorted.map((cue) => withPlausibleLength(cue, options.duration, warnings))
  const apart = long.some(({ words }) => words !== null)
    ? withCrosstalkInterleaved(long, options)
    : withoutOverlaps(long, warnings)
  return { cues: withRoomForWords(apart, options.duration, warnings), warnings: warnings.toSentences() }
}

function withinRecording(cues: Cue[], duration: number, warnings: WarningCollector): Cue[] {
  const beyond = cues.filter(({ start }) => start >= duration)
  const share = lettersOf(beyond) / Math.max(1, lettersOf(cues))
  if (share > strangerShare) {
    const lastStart = beyond.reduce((latest, { start }) => Math.max(latest, start), 0)
    throw new TranscriptDoesNotFit({ lastStart, duration, share })
  }
  return cues.flatMap((cue) => {
    if (cue.start >= duration) warnings.add('Cue beyond the end of the recording dropped', at(cue))
    else if (cue.start < 0 && cue.end <= 0) warnings.add('Cue before the start of the recording dropped', at(cue))
    else if (cue.start < 0) {
      warnings.add('Cue with a negative time begins at 0', at(cue))
      return [{ ...cue, start: 0 }]
    } else return [cue]
    return []
  })
}

function inOrder(cues: Cue[], warnings: WarningCollector): Cue[] {
  for (const [index, cue] of cues.entries()) {
    if (cue.start < (cues[index - 1]?.start ?? 0)) warnings.add('Cue out of order was put in its place', at(cue))
  }
  return cues.toSorted((a, b) => a.start - b.start)
}

function withoutDuplicates(cues: Cue[], warnings: WarningCollector): Cue[] {
  return cues.filter((cue, index) => {
    const before = cues[index - 1]
    const isDuplicate = before !== undefined && cue.text === before.text && cue.start - before.start < 0.01
    if (isDuplicate) warnings.add('Cue that stands there twice was read once', at(cue))
    return !isDuplicate
  })
}

/** Backwards and empty spans get the time their text needs; absurdly long ones are shortened to it. */
function withPlausibleLength(cue: Cue, duration: number, warnings: WarningCollector): Cue {
  const length = cue.end - cue.start
  if (length > 0 && (length <= longestPlausible || cue.words)) return { ...cue, end: Math.min(cue.end, duration) }
  const slow = slowestSeconds(cue.text)
  if (length <= 0) {
    warnings.add('Cue that ends before it begins got a length by its words', at(cue))
    return { ...cue, words: null, end: Math.min(cue.start + slow / 2, duration) }
  }
  if (length <= slow * 3) return { ...cue, end: Math.min(cue.end, duration) }
  warnings.add(`Cue far too long for its words was shortened`, at(cue))
  return { ...cue, end: Math.min(cue.start + Math.max(slow, 1), duration) }
}

/** A cue ends where the next one begins; two that begin together share their time by length of text. */
function withoutOverlaps(cues: Cue[], warnings: WarningCollector): Cue[] {
  const apart = cues.map((cue) => ({ ...cue }))
  for (const [index, cue] of apart.entries()) {
    const next = apart[index + 1]
    if (!next || cue.end <= next.start) continue
    if (cue.end - next.start > notableOverlap) warnings.add('Cue that ran into the next one was cut', at(cue))
    const fast = slowestSeconds(cue.text) / 5
    if (next.start - cue.start >= Math.min(fast, (cue.end - cue.start) / 2)) cue.end = next.start
    else {
      const end = Math.max(cue.end, next.end)
      const border = cue.start + ((end - cue.start) * cue.text.length) / (cue.text.length + next.text.length)
      cue.end = border
      next.start = border
      next.end = end
    }
  }
  return apart
}

/**
 * When people talk over each other and word times are known, words stand in the order they are heard: the one who
 * speaks on is cut in two around the other.
 */
function withCrosstalkInterleaved(cues: Cue[], { language = null, silences = [] }: MendOptions): Cue[] {
  const apart: Cue[] = []
  for (const cluster of overlappingClusters(cues)) {
    const [only] = cluster
    if (cluster.length === 1 && only) {
      apart.push(only)
      continue
    }
    const words = cluster.flatMap((cue) =>
      (cue.words ?? estimateWordTimes(cue, { language, silences })).map((word) => ({ ...word, speaker: cue.speaker })),
    )
    apart.push(...wordsToCues(words.toSorted((a, b) => a.start - b.start)))
  }
  return apart
}

function overlappingClusters(cues: Cue[]): Cue[][] {
  const clusters: Cue[][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const cue of cues) {
    const cluster = clusters.at(-1)
    if (cluster && cue.start < end) cluster.push(cue)
    else clusters.push([cue])
    end = Math.max(end, cue.end)
  }
  return clusters
}

/** A cue with more words than its time can hold may last until the next one; if that does not help, it is dropped. */
function withRoomForWords(cues: Cue[], duration: number, warnings: WarningCollector): Cue[] {
  const kept = cues.flatMap((cue, index) => {
    const needed = cue.text.length * leastSecondsALetter
    if (cue.words || cue.end - cue.start >= needed) return [cue]
    const end = Math.min(cue.start + needed, cues[index + 1]?.start ?? duration)
    if (end - cue.start >= needed * 0.999) return [{ ...cue, end }]
    warnings.add('Cue with more words than its time can hold dropped', at(cue))
    return []
  })
  if (lettersOf(kept) * 2 < lettersOf(cues)) {
    throw new TranscriptUnreadable(
      'The transcript',
      'gives most of its text no time to be said in; its times are broken',
    )
  }
  return kept
}

function lettersOf(cues: readonly Cue[]): number {
  return cues.reduce((sum, { text }) => sum + text.length, 0)
}

function at({ start }: Cue): string {
  return start < 0 ? `-${formatClock(-start)}` : formatClock(start)
}
