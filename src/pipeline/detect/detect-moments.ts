import type { Detection, Detector, Moment, RankedMode, Reason } from '../../domain/moment.ts'
import { chooseGenre } from './choose-genre.ts'
import { chooseTitle } from './choose-title.ts'
import { confidence } from './confidence.ts'
import { explain } from './explain.ts'
import { applyJudgements, type Judged } from './language-model/apply-judgements.ts'
import type { Judgements } from './language-model/judgement.ts'
import { shortlistSize } from './language-model/shortlist-moments.ts'
import { wordingOf } from './language-model/wording-of.ts'
import type { Ranker } from './ranker.ts'
import type { RecordingFacts } from './recording-facts.ts'
import { scoreCurve } from './score-curve.ts'
import { shortfallOf } from './shortfall.ts'
import { textBetween } from './spoken-words.ts'
import {
  type RecordingToWeigh,
  type ScoredCandidate,
  type WeighedRecording,
  weighRecording,
} from './weigh-recording.ts'

export interface DetectionInput extends RecordingToWeigh {
  /** What a language model said of the moments on `shortlistMoments` of the same input; null or absent without one. */
  judgements?: Judgements | null
}

/**
 * The moments of a recording worth sharing, best first: candidates → features → rank → select → frame. The ranker says which places are
 * best, and each moment has the score of its place; where it begins and ends is settled afterwards, by borders. With `judgements` the best
 * of the ranker's are put in a language model's order, some begun earlier. Pure and deterministic. Moments never
 * overlap, begin and end on sentence borders (of clauses, inside sentences longer than `maxSeconds`), last `minSeconds` to
 * `maxSeconds` (a shorter recording is one moment as a whole) and lie inside `[0, duration]`. Asking for more keeps the first ones as
 * they are. Fewer than asked for, or none, comes with the reason in `shortfall`.
 *
 * Time and memory grow with the recording's length alone: about 0.1 s an hour of speech on one core, and well below 100 MB for twelve.
 * It never yields: run it where a second of work disturbs nobody.
 */
export function detectMoments(input: DetectionInput): Detection {
  const { ranker, settings } = input
  const weighed = weighRecording(input)
  const chosen = chooseMoments(weighed, input)
  const candidateCount = weighed.scored.length
  return {
    moments: chosen.map((one, i) =>
      toMoment({ chosen: one, rank: i + 1, candidateCount, mode: settings.mode, facts: weighed.facts, ranker }),
    ),
    curve: scoreCurve({ candidates: weighed.scored, duration: weighed.facts.duration }),
    shortfall: shortfallOf({
      found: chosen.length,
      asked: settings.count,
      facts: weighed.facts,
      minSeconds: weighed.minSeconds,
      candidateCount,
    }),
    candidateCount,
  }
}

interface Chosen extends Judged<ScoredCandidate> {
  /** Who put it where it is. */
  detector: Detector
}

function chooseMoments(
  weighed: WeighedRecording,
  { settings: { count }, ranker, judgements }: DetectionInput,
): Chosen[] {
  if (!judgements) {
    return weighed.choose(count).map((selected) => ({ ...selected, judgement: null, detector: ranker.detector }))
  }
  const judged = applyJudgements({
    pool: weighed.choose(shortlistSize(count)),
    judgements: judgements.list,
    count,
    begunAt: (span, first) =>
      weighed.facts.sentences[first]?.opens === 'sentence' ? weighed.begunAt(span, first) : null,
  })
  return judged.map((one) => ({ ...one, detector: one.judgement === null ? ranker.detector : judgements.by }))
}

interface MomentInput {
  chosen: Chosen
  rank: number
  candidateCount: number
  mode: RankedMode
  facts: RecordingFacts
  ranker: Ranker
}

function toMoment({ chosen, rank, candidateCount, mode, facts, ranker }: MomentInput): Moment {
  const { candidate, judgement } = chosen
  const score = Math.round(chosen.score * 1000) / 1000
  const span = {
    first: facts.sentences[candidate.firstSentence]?.firstWord ?? 0,
    last: facts.sentences[candidate.lastSentence]?.lastWord ?? 0,
  }
  const text = textBetween(facts.words, facts.segments, span)
  const { title, hook, reason } = wordingOf(judgement, text)
  const contributions = ranker.contributions(candidate, { mode, recording: facts })
  const reasons = explain({ candidate, contributions, facts })
  return {
    start: candidate.start,
    end: candidate.end,
    rank,
    score,
    confidence: confidence({
      candidate,
      score,
      candidateCount,
      chance: ranker.chance?.(score, { mode, recording: facts }) ?? null,
    }),
    genre: chooseGenre(candidate, facts),
    title: title || chooseTitle(candidate, facts),
    ...(hook === '' ? {} : { hook }),
    text,
    ...segmentsOf(span, facts),
    features: Object.fromEntries(
      Object.entries(candidate.features).map(([name, value]) => [name, Math.round(value * 1000) / 1000]),
    ),
    reasons: judgement === null || reason === '' ? reasons : withReason(reason, reasons),
    detector: chosen.detector,
  }
}

// The ranker took it out of thousands, the model put it in its place: half the credit each.
const modelShare = 0.5

function withReason(text: string, reasons: readonly Reason[]): Reason[] {
  const others = reasons.map((reason) => ({
    ...reason,
    weight: Math.round(reason.weight * (1 - modelShare) * 1000) / 1000,
  }))
  return [{ feature: 'languageModel', text, weight: modelShare }, ...others]
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
