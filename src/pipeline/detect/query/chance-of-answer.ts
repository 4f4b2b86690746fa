import { type AnswerFeature, answerFeatures } from './answer-features.ts'
import type { AnswerModel } from './answer-model.ts'
import type { AnswerWindow } from './answer-windows.ts'
import type { Chosen } from './choose-answers.ts'
import type { Trace } from './trace-query.ts'

/** What tells whether there is an answer at all; never give a name another meaning. */
export const answerableFeatures = [
  'said',
  'coverage',
  'bestSentence',
  'match',
  'density',
  'chance',
  'named',
  'pairs',
] as const

interface ChanceInput {
  chosen: readonly Chosen<AnswerWindow>[]
  trace: Trace
  windows: readonly AnswerWindow[]
  rows: readonly Float64Array[]
}

/** How likely the recording answers the question at all, 0 to 1: a logistic function of how much of the question is said, and how near together. */
export function chanceOfAnswer({ answerable }: Pick<AnswerModel, 'answerable'>, input: ChanceInput): number {
  const values = measureAnswerable(input)
  const sum = values.reduce((total, value, i) => total + value * (answerable.weights[i] ?? 0), answerable.bias)
  return 1 / (1 + Math.exp(-sum))
}

export function measureAnswerable({ chosen, trace, windows, rows }: ChanceInput): number[] {
  const best = chosen[0]
  const row =
    best === undefined
      ? undefined
      : rows[windows.findIndex(({ first, last }) => first === best.window.first && last === best.window.last)]
  const of = (name: AnswerFeature) => row?.[answerFeatures.indexOf(name)] ?? 0
  const said = trace.roots.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1e-9, trace.wantedRoots)
  return [
    said,
    of('rootCoverage'),
    of('bestSentence'),
    of('match'),
    of('rootDensity'),
    best?.chance ?? 0,
    trace.named === null ? 0 : 1,
    Math.min(3, of('pairs')),
  ]
}
