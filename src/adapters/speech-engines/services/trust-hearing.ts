import type { TimeRange } from '../../../domain/time-range.ts'
import { whisperShape } from '../../../pipeline/transcribe/formats/whisper-shape.ts'
import type { Cue } from '../../../pipeline/transcribe/transcriber.ts'
import { type Hearing, HearingUnusable, type ToldSegment, type ToldStretch } from './read-hearing.ts'
import { withoutInventions } from './without-inventions.ts'

interface TrustOptions {
  /** Seconds of the window. */
  duration: number
  /** Where it begins in the recording, in seconds. */
  start: number
  /** Stretches without sound, in seconds of the window. */
  silences?: readonly TimeRange[]
}

interface Trusted {
  /** BCP 47 tag. */
  language: string | null
  /** Inside the window, in order. */
  cues: Cue[]
  warnings: string[]
}

/** Services round, and Opus and MP3 end with a piece of silence. Seconds. */
const tolerance = 1
/** Over this share of words with impossible times none of them is believed. */
const strayShare = 0.3
/** Letters a second nobody reaches; fast readers have 20. */
const mostLetters = 40
/** Seconds: text without a single time can be spread over this much sound, and no more. */
const longestWithoutTimes = 60

/**
 * What can be believed of a hearing: words with times inside the window, nothing that Whisper is known to make up.
 * @throws HearingUnusable when nothing of it can, to follow the name of the service
 */
export function trustHearing(hearing: Hearing, { duration, start, silences = [] }: TrustOptions): Trusted {
  const letters = Math.max(hearing.text.length, lettersOf(hearing.words), lettersOf(hearing.segments))
  if (letters > 200 + duration * mostLetters)
    throw new HearingUnusable(`gave ${letters} letters for ${Math.round(duration)} s, which nobody can say`)
  const words = placed(hearing.words, duration)
  const segments = placed(hearing.segments, duration)
  const { language } = whisperShape.read({ language: hearing.language, segments: [] })
  const spoken = cuesOf({ ...hearing, words, segments }, duration)
  return { language, ...withoutInventions({ cues: spoken, segments, duration, start, silences }) }
}

/** Times that can't be are taken away: their words are placed between their neighbours. */
function placed<T extends ToldStretch>(told: readonly T[], duration: number): T[] {
  let stray = 0
  let before = 0
  const all = told.map((one) => {
    if (one.start === null) return { ...one, end: null }
    const isPossible = one.start >= -tolerance && one.start < duration + tolerance && one.start >= before - tolerance
    if (!isPossible) {
      stray++
      return { ...one, start: null, end: null }
    }
    const start = clamp(one.start, duration)
    before = Math.max(before, start)
    const end = one.end === null || one.end < one.start ? null : clamp(one.end, duration)
    return { ...one, start, end }
  })
  if (stray > 1 && stray > told.length * strayShare)
    throw new HearingUnusable('gave times that lie outside of what it was sent, or run backwards')
  return all
}

function cuesOf(hearing: Hearing, duration: number): Cue[] {
  const { words, segments, text } = hearing
  const timedSegments = withBounds(segments, duration)
  if (words.some(({ start }) => start !== null)) {
    // Segments without a time would be places without bounds; their text is in the whole.
    const isComplete = timedSegments.length === segments.length
    return whisperShape.read({
      text,
      segments: isComplete ? timedSegments : [],
      words: words.map((one) => ({ word: one.text, start: one.start, end: one.end })),
    }).cues
  }
  if (timedSegments.length > 0) return whisperShape.read({ segments: timedSegments }).cues
  if (text.trim() === '') return []
  if (duration > longestWithoutTimes) throw new HearingUnusable('gave words without times')
  return whisperShape.read({ segments: [{ start: 0, end: duration, text }] }).cues
}

function withBounds(segments: readonly ToldSegment[], duration: number) {
  return segments.flatMap(({ text, speaker, start, end }, index) => {
    if (start === null) return []
    const next = segments[index + 1]?.start ?? duration
    return [{ text, speaker, start, end: end ?? Math.max(start, next) }]
  })
}

function clamp(time: number, duration: number): number {
  return Math.min(duration, Math.max(0, time))
}

function lettersOf(told: readonly ToldStretch[]): number {
  return told.reduce((sum, { text }) => sum + text.length, 0)
}
