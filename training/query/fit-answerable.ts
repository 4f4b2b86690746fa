import { seededRandom } from '../../src/domain/seeded-random.ts'
import { answerIndex } from '../../src/pipeline/detect/query/answer-index.ts'
import { type AnswerModel, scoreWindows } from '../../src/pipeline/detect/query/answer-model.ts'
import { answerableFeatures, measureAnswerable } from '../../src/pipeline/detect/query/chance-of-answer.ts'
import { chooseAnswers } from '../../src/pipeline/detect/query/choose-answers.ts'
import { fitLogistic } from '../fit-logistic.ts'
import { listOf, type QuestionList } from './question-lists.ts'
import type { Meeting } from './read-meetings.ts'

/** A question put to a meeting that answers it (1) or to one of another kind, where it has no business (0). */
export interface Asked {
  fold: number
  target: 0 | 1
  values: number[]
}

type Unseen = (meeting: Meeting) => Pick<AnswerModel, 'trees' | 'sharpness'>

const strangersPerMeeting = 5

/** Puts its own questions and those of meetings of other kinds to each meeting, with a model that has not seen it. */
export function askEverywhere(lists: readonly QuestionList[], modelOf: Unseen): Asked[] {
  const random = seededRandom(23)
  const meetings = [...new Set(lists.map(({ meeting }) => meeting))]
  const strangers = meetings.flatMap((meeting) => {
    const index = answerIndex(meeting.facts)
    const others = lists.filter((list) => list.meeting.domain !== meeting.domain)
    const picked = Array.from({ length: strangersPerMeeting }, () => others[Math.floor(random() * others.length)])
    return picked.map((other) => listOf({ meeting, index, query: other?.query ?? '', labels: [] }))
  })
  const ask = (list: Omit<QuestionList, 'qid'>, target: 0 | 1) => ({
    fold: list.meeting.fold,
    target,
    values: valuesOf(list, modelOf),
  })
  return [...lists.map((list) => ask(list, 1)), ...strangers.map((list) => ask(list, 0))]
}

function valuesOf({ meeting, windows, rows, trace }: Omit<QuestionList, 'qid'>, modelOf: Unseen): number[] {
  const { trees, sharpness } = modelOf(meeting)
  const scores = scoreWindows({ trees }, rows)
  const scored = windows.map((window, i) => ({ ...window, score: scores[i] ?? 0 }))
  return measureAnswerable({ chosen: chooseAnswers(scored, 1, sharpness), trace, windows, rows })
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
