import type { Detection, Moment } from '../../../domain/moment.ts'
import type { Analysis } from '../../../domain/observation.ts'
import type { Segment } from '../../../domain/transcript.ts'
import { partsOf, snapped } from '../best-part.ts'
import type { Candidate } from '../candidates.ts'
import { describeMoment } from '../describe-moment.ts'
import { type Limits, readRecording } from '../read-recording.ts'
import { scoreCurve } from '../score-curve.ts'
import { shorten } from '../shorten.ts'
import { type AnswerModel, usualAnswerModel } from './answer-model.ts'
import { explainAnswer } from './explain-answer.ts'
import { type Answers, searchAnswers } from './search-answers.ts'
import type { Sums } from './trace-query.ts'

export interface AnswerInput {
  segments: readonly Segment[]
  /** Length of the recording in seconds. */
  duration: number
  analysis: Analysis | null
  /** The question, in any language: that of the recording finds most. */
  query: string
  limits: Limits
  /** Another model than the one that comes with this version. */
  model?: AnswerModel
}

/**
 * Where a recording talks about something: the stretches that answer the question, best first, each with the part of it that makes the
 * clip. Words are matched by stems and beginnings, in every language; a trained model weighs them with speakers, borders and
 * length. When nothing in the recording seems to answer there are no moments, and `shortfall` says why. Pure and deterministic;
 * time grows with the recording's length alone.
 */
export function findAnswers({ query, limits, model = usualAnswerModel(), ...input }: AnswerInput): Detection {
  const facts = readRecording({ ...input, limits })
  const answers = searchAnswers({ facts, query, count: limits.count, model })
  const parts = partsOf(facts, limits)
  const moments: Moment[] = []
  for (const { window, chance } of answers.chosen) {
    const part = parts.best({ span: window, taken: moments, value: (inside) => massPerSecond(answers, inside) })
    if (part === null) continue
    moments.push(
      describeMoment({
        facts,
        part,
        span: snapped(facts, window),
        rank: moments.length + 1,
        score: chance,
        confidence: chance * answers.chance,
        features: { chance, answerable: answers.chance, coverage: coverageOf(answers, window) },
        reasons: explainAnswer({ facts, query: answers.query, trace: answers.trace, window }),
        detector: { rung: 'ranker', name: model.name, version: model.version },
      }),
    )
  }
  const top = Math.max(1e-9, ...answers.chosen.map(({ chance }) => chance))
  return {
    moments,
    curve: scoreCurve({
      candidates: answers.chosen.map(({ window, chance }) => ({ ...window, score: chance / Math.max(top, 1e-9) })),
      duration: facts.duration,
    }),
    shortfall: sayShortfall({
      answers,
      asked: limits.count,
      found: moments.length,
      query,
      hasWords: facts.words.length > 0,
    }),
    candidateCount: answers.windows.length,
  }
}

/** How much of the question is said in a part, in units of the densest part of its length. */
function massPerSecond({ trace }: Answers, { firstSentence, lastSentence, start, end }: Candidate): number {
  const all = trace.rootMass.at(-1) ?? 0
  if (all === 0) return 0
  return ((amount(trace.rootMass, firstSentence, lastSentence) / all) * 60) / Math.max(15, end - start)
}

function coverageOf({ trace }: Answers, { first, last }: { first: number; last: number }): number {
  const covered = trace.roots.reduce((sum, { weight, sums }) => sum + (amount(sums, first, last) > 0 ? weight : 0), 0)
  return covered / Math.max(1e-9, trace.wantedRoots)
}

const amount = (sums: Sums, first: number, last: number) => (sums[last + 1] ?? 0) - (sums[first] ?? 0)

interface ShortfallInput {
  answers: Answers
  asked: number
  found: number
  query: string
  hasWords: boolean
}

function sayShortfall({ answers: { nothing }, asked, found, query, hasWords }: ShortfallInput): string | null {
  const question = `“${shorten(query.trim().replace(/\s+/g, ' '), 80)}”`
  if (!hasWords) return 'There is no speech in this recording, so there is nothing to search.'
  if (nothing === 'no words')
    return `${question} has no word that could be looked for: name what the answer would talk about.`
  if (nothing === 'not said') return `None of the words of ${question} is said in this recording.`
  if (nothing === 'no answer')
    return `Nothing in this recording seems to be about ${question}: its words are said rarely or far apart.`
  if (found >= asked) return null
  return `Only ${found} of the ${asked} asked for: nothing else in this recording is about ${question}.`
}
