import { seededRandom } from '../../src/domain/seeded-random.ts'
import { answerIndex } from '../../src/pipeline/detect/query/answer-index.ts'
import { type AnswerModel, scoreWindows } from '../../src/pipeline/detect/query/answer-model.ts'
import { answerableFeatures, measureAnswerable } from '../../src/pipeline/detect/query/chance-of-answer.ts'
import { chooseAnswers } from '../../src/pipeline/detect/query/choose-answers.ts'
import { readQuery } from '../../src/pipeline/detect/query/read-query.ts'
import { measured } from '../../src/pipeline/detect/query/search-answers.ts'
import { traceQuery } from '../../src/pipeline/detect/query/trace-query.ts'
import { fitLogistic } from '../fit-logistic.ts'
import type { Meeting } from './read-meetings.ts'

/** A question put to a meeting that answers it (1) or to one of another kind, where it has no business (0). */
export interface Asked {
  fold: number
  target: 0 | 1
  values: number[]
}

const strangersPerMeeting = 7

/** Puts its own questions and those of meetings of other kinds to each meeting, with a model that has not seen it. */
export function askEverywhere(
  meetings: readonly Meeting[],
  modelOf: (meeting: Meeting) => Pick<AnswerModel, 'trees' | 'sharpness'>,
): Asked[] {
  const random = seededRandom(23)
  return meetings.flatMap((meeting) => {
    const index = answerIndex(meeting.facts)
    const { trees, sharpness } = modelOf(meeting)
    const ask = (text: string, target: 0 | 1): Asked => {
      const query = readQuery(text)
      const trace = traceQuery(query, index, meeting.facts)
      const { windows, rows } = measured({ facts: meeting.facts, index, query, trace })
      const scores = scoreWindows({ trees }, rows)
      const chosen = chooseAnswers(
        windows.map((window, i) => ({ ...window, score: scores[i] ?? 0 })),
        1,
        sharpness,
      )
      return { fold: meeting.fold, target, values: measureAnswerable({ chosen, trace, windows, rows }) }
    }
    const others = meetings.filter(({ domain }) => domain !== meeting.domain).flatMap(({ queries }) => queries)
    const strangers = Array.from(
      { length: strangersPerMeeting },
      () => others[Math.floor(random() * others.length)]?.query ?? '',
    )
    return [...meeting.queries.map(({ query }) => ask(query, 1)), ...strangers.map((query) => ask(query, 0))]
  })
}

// One real question in fifty is wrongly left without an answer.
const refusedShare = 0.02

/** What tells a question with an answer from one without, and from which chance on answers are shown. */
export function fitAnswerable(asked: readonly Asked[]): AnswerModel['answerable'] {
  const { bias, weights } = fitLogistic(
    asked.map(({ values }) => values),
    asked.map(({ target }) => target),
  )
  const real = asked.filter(({ target }) => target === 1).map(({ values }) => chanceBy({ bias, weights }, values))
  const threshold = real.sort((a, b) => a - b)[Math.floor(real.length * refusedShare)] ?? 0
  return { features: [...answerableFeatures], bias, weights, threshold: Math.round(threshold * 1000) / 1000 }
}

export function chanceBy(
  { bias, weights }: { bias: number; weights: readonly number[] },
  values: readonly number[],
): number {
  return 1 / (1 + Math.exp(-values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), bias)))
}
