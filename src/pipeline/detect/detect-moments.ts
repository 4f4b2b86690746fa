import type { Detection, Moment, RankedMode } from '../../domain/moment.ts'
import type { Analysis } from '../../domain/observation.ts'
import type { Segment } from '../../domain/transcript.ts'
import { calibrate } from './calibrate.ts'
import { generateCandidates } from './candidates.ts'
import { chooseGenre } from './choose-genre.ts'
import { chooseTitle } from './choose-title.ts'
import { confidence } from './confidence.ts'
import { explain } from './explain.ts'
import { frameMoment } from './frame-moment.ts'
import { measureCandidates } from './measure-candidates.ts'
import type { FeaturedCandidate, Ranker } from './ranker.ts'
import { type RecordingFacts, recordingFacts } from './recording-facts.ts'
import { scoreCurve } from './score-curve.ts'
import { type Selected, select } from './select.ts'
import { shortfallOf } from './shortfall.ts'
import { splitIntoSentences } from './split-into-sentences.ts'
import { spokenWords, textBetween } from './spoken-words.ts'

interface DetectionSettings {
  mode: RankedMode
  /** Most moments wanted. */
  count: number
  /** Least and greatest length of a moment in seconds, its lead (≤ 0.15 s) and tail (≤ 0.3 s) included. */
  minSeconds: number
  maxSeconds: number
}

export interface DetectionInput {
  segments: readonly Segment[]
  /** Length of the recording in seconds. */
  duration: number
  /** What picture and sound show; null without. */
  analysis: Analysis | null
  settings: DetectionSettings
  ranker: Ranker
}

/**
 * The moments of a recording worth sharing, best first: candidates → features → rank → select → frame. The ranker says which places are
 * best, and each moment has the score of its place; where it begins and ends is settled afterwards, by borders. Pure and deterministic. Moments never
 * overlap, begin and end on sentence borders (of clauses, inside sentences longer than `maxSeconds`), last `minSeconds` to
 * `maxSeconds` (a shorter recording is one moment as a whole) and lie inside `[0, duration]`. Asking for more keeps the first ones as
 * they are. Fewer than asked for, or none, comes with the reason in `shortfall`.
 *
 * Time and memory grow with the recording's length alone: about 0.1 s an hour of speech on one core, and well below 100 MB for twelve.
 * It never yields: run it where a second of work disturbs nobody.
 */
export function detectMoments({ segments, duration, analysis, settings, ranker }: DetectionInput): Detection {
  const { mode, count } = settings
  const { minSeconds, maxSeconds } = sane(settings)
  const length = Number.isFinite(duration) && duration > 0 ? duration : 0
  const { words, sentences } = splitIntoSentences({
    words: spokenWords({ segments, duration: length }),
    segments,
    maxSeconds,
    pieceSeconds: pieceSeconds({ minSeconds, maxSeconds }),
  })
  const facts = recordingFacts({ segments, words, sentences, duration: length, analysis })
  const candidates = generateCandidates({ sentences, duration: length, minSeconds, maxSeconds })
  const measured = measureCandidates(candidates, facts)
  const scores = calibrate(ranker.score(measured.candidates, { mode, recording: facts }))
  const scored = measured.candidates.map((candidate, i) => ({
    ...candidate,
    score: scores[i] ?? 0,
    fit: isFit(candidate),
  }))
  const chosen = select({
    candidates: scored,
    count,
    floor: length > longRecording ? 3 : 1,
    mode,
    frame: (place, taken) => ({
      ...place,
      ...measured.measure(frameMoment({ place, taken, facts, mode, minSeconds, maxSeconds })),
    }),
    similarity: (a, b) => facts.topics.similarity(sentencesOf(a), sentencesOf(b)),
  })
  return {
    moments: chosen.map((selected, i) =>
      toMoment({ selected, rank: i + 1, candidateCount: candidates.length, mode, facts, ranker }),
    ),
    curve: scoreCurve({ candidates: scored, duration: length }),
    shortfall: shortfallOf({
      found: chosen.length,
      asked: count,
      facts,
      minSeconds,
      candidateCount: candidates.length,
    }),
    candidateCount: candidates.length,
  }
}

// From ten minutes of recording on, somebody has said three things worth a look.
const longRecording = 600

// What short-video platforms show without asking.
const longestClip = 60

function sane({ minSeconds, maxSeconds }: DetectionSettings): { minSeconds: number; maxSeconds: number } {
  const max = Number.isFinite(maxSeconds) && maxSeconds > 0 ? maxSeconds : longestClip
  return { minSeconds: Math.min(Math.max(0.5, minSeconds || 0), max), maxSeconds: max }
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

interface MomentInput {
  selected: Selected<FeaturedCandidate & { score: number; fit: boolean }>
  rank: number
  candidateCount: number
  mode: RankedMode
  facts: RecordingFacts
  ranker: Ranker
}

function toMoment({ selected, rank, candidateCount, mode, facts, ranker }: MomentInput): Moment {
  const { candidate } = selected
  const score = Math.round(selected.score * 1000) / 1000
  const span = {
    first: facts.sentences[candidate.firstSentence]?.firstWord ?? 0,
    last: facts.sentences[candidate.lastSentence]?.lastWord ?? 0,
  }
  return {
    start: candidate.start,
    end: candidate.end,
    rank,
    score,
    confidence: confidence({ candidate, score, candidateCount }),
    genre: chooseGenre(candidate, facts),
    title: chooseTitle(candidate, facts),
    text: textBetween(facts.words, facts.segments, span),
    ...segmentsOf(span, facts),
    features: Object.fromEntries(
      Object.entries(candidate.features).map(([name, value]) => [name, Math.round(value * 1000) / 1000]),
    ),
    reasons: explain({ candidate, contributions: ranker.contributions(candidate, { mode, recording: facts }), facts }),
    detector: ranker.detector,
  }
}

function segmentsOf(span: { first: number; last: number }, { words, segments }: RecordingFacts) {
  let [firstSegment, lastSegment] = [Number.POSITIVE_INFINITY, 0]
  for (let i = span.first; i <= span.last; i++) {
    const index = words[i]?.segment ?? 0
    const ordinal = segments[index]?.ordinal ?? index
    firstSegment = Math.min(firstSegment, ordinal)
    lastSegment = Math.max(lastSegment, ordinal)
  }
  return { firstSegment, lastSegment }
}
