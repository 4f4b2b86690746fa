import type { RankedMode } from '../../domain/moment.ts'
import type { Analysis } from '../../domain/observation.ts'
import { lengthOf } from '../../domain/time-range.ts'
import type { Segment } from '../../domain/transcript.ts'
import { calibrate } from './calibrate.ts'
import { generateCandidates, longestPause, longestSpeech } from './candidates.ts'
import { frameMoment } from './frame-moment.ts'
import { measureCandidates } from './measure-candidates.ts'
import type { FeaturedCandidate, Ranker } from './ranker.ts'
import { type RecordingFacts, recordingFacts } from './recording-facts.ts'
import { saidAgain } from './said-again.ts'
import { type Selected, select } from './select.ts'
import { snapSpan } from './snap-span.ts'
import { splitIntoSentences } from './split-into-sentences.ts'
import { spokenWords } from './spoken-words.ts'

interface DetectionSettings {
  mode: RankedMode
  /** Most moments wanted. */
  count: number
  /** Least and greatest length of a moment in seconds, its lead (≤ 0.15 s) and tail (≤ 0.3 s) included. */
  minSeconds: number
  maxSeconds: number
}

export interface RecordingToWeigh {
  segments: readonly Segment[]
  /** Length of the recording in seconds. */
  duration: number
  /** What picture and sound show; null without. */
  analysis: Analysis | null
  settings: DetectionSettings
  ranker: Ranker
  /** Fewer candidates and no subjects, where memory is short. */
  lighter?: boolean
}

export type ScoredCandidate = FeaturedCandidate & { score: number; fit: boolean }

/** A recording with all its candidates scored. */
export interface WeighedRecording {
  facts: RecordingFacts
  scored: readonly ScoredCandidate[]
  /** Least and greatest length that make sense, in seconds. */
  minSeconds: number
  maxSeconds: number
  /** Up to so many that don't overlap, best first, framed. More of them begin with the same ones. */
  choose(count: number): Selected<ScoredCandidate>[]
  /** A chosen span that begins with an earlier sentence; null when that makes it too long or reaches across a long pause. */
  begunAt(span: ScoredCandidate, firstSentence: number): ScoredCandidate | null
}

/** Candidates → features → scores of a recording. Pure and deterministic. */
export function weighRecording(input: RecordingToWeigh): WeighedRecording {
  const { segments, duration, analysis, settings, ranker, lighter = false } = input
  const { mode } = settings
  const length = Number.isFinite(duration) && duration > 0 ? duration : 0
  const { minSeconds: least, maxSeconds } = sane(settings, length)
  const { words, sentences } = splitIntoSentences({
    words: spokenWords({ segments, duration: length }),
    segments,
    maxSeconds,
    pieceSeconds: pieceSeconds({ minSeconds: least, maxSeconds }),
  })
  const facts = recordingFacts({ segments, words, sentences, duration: length, analysis, lighter })
  const spansOf = (seconds: number) =>
    generateCandidates({ sentences, duration: length, minSeconds: seconds, maxSeconds, lighter })
  const asked = spansOf(least)
  // Between 30 and 30.5 s there may be no whole sentences, however much is said: rather shorter than none, or than cut.
  const isNarrow = asked.length === 0 && longestSpeech(sentences) >= least
  const minSeconds = isNarrow ? least * roomForSentences : least
  const candidates = isNarrow ? spansOf(minSeconds) : asked
  const again = saidAgain(sentences)
  const measured = measureCandidates(candidates, facts)
  const scores = calibrate(ranker.score(measured.candidates, { mode, recording: facts }))
  const scored = measured.candidates.map((candidate, i) => ({
    ...candidate,
    score: scores[i] ?? 0,
    fit: isFit(candidate),
  }))
  return {
    facts,
    scored,
    minSeconds,
    maxSeconds,
    choose: (count) =>
      select({
        candidates: scored,
        count,
        floor: length >= longRecording ? 3 : 1,
        mode,
        frame: (place, taken) => ({
          ...place,
          ...measured.measure(frameMoment({ place, taken, facts, mode, minSeconds, maxSeconds })),
        }),
        similarity: (a, b) => facts.topics.similarity(sentencesOf(a), sentencesOf(b)),
        repeated: (a, b) => again(sentencesOf(a), sentencesOf(b)),
      }),
    begunAt(span, firstSentence) {
      const range = rangeOf(facts, firstSentence, span.lastSentence)
      if (range === null || lengthOf(range) > maxSeconds) return null
      return { ...span, ...measured.measure({ ...range, firstSentence, lastSentence: span.lastSentence }) }
    },
  }
}

// From ten minutes of recording on, somebody has said three things worth a look.
const longRecording = 600

// What short-video platforms show without asking.
const longestClip = 60

// A fifth of half a minute is a sentence.
const roomForSentences = 0.8

// One as long as the recording leaves no room for two more: each takes a quarter at most, so that three find room wherever they lie.
const largestShare = 1 / 4

function sane(asked: DetectionSettings, length: number): { minSeconds: number; maxSeconds: number } {
  const most = Number.isFinite(asked.maxSeconds) && asked.maxSeconds > 0 ? asked.maxSeconds : longestClip
  const minSeconds = Math.min(Math.max(0.5, asked.minSeconds || 0), most)
  const maxSeconds = length >= longRecording ? Math.min(most, Math.max(minSeconds, length * largestShare)) : most
  return { minSeconds, maxSeconds }
}

/** Pieces that fit between least and greatest length can always be joined to something in between; three seconds is a short clause. */
function pieceSeconds({ minSeconds, maxSeconds }: { minSeconds: number; maxSeconds: number }): number {
  return Math.min(maxSeconds - 0.5, Math.max(3, maxSeconds - minSeconds - 0.5))
}

/** A word from the sponsor and a stretch of silence are no moments, however lively. */
function isFit({ features: { housekeeping = 0, deadAir = 0 } }: FeaturedCandidate): boolean {
  return housekeeping < 0.75 && deadAir < 0.4
}

function sentencesOf({ firstSentence, lastSentence }: FeaturedCandidate): { first: number; last: number } {
  return { first: firstSentence, last: lastSentence }
}

/** The seconds from one sentence to another, as they would be shown; null across a long pause. */
function rangeOf({ sentences, duration }: RecordingFacts, first: number, last: number) {
  const [opening, closing] = [sentences[first], sentences[last]]
  if (opening === undefined || closing === undefined || first > last) return null
  let end = opening.end
  for (let i = first; i <= last; i++) {
    const sentence = sentences[i]
    if (sentence === undefined || sentence.start - end > longestPause) return null
    end = Math.max(end, sentence.end)
  }
  const before = sentences[first - 1]?.end ?? null
  const after = sentences[last + 1]?.start ?? null
  return snapSpan({ speech: { start: opening.start, end }, before, after, duration })
}
