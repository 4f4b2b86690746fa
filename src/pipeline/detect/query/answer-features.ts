import type { RecordingFacts } from '../recording-facts.ts'
import type { AnswerIndex } from './answer-index.ts'
import type { AnswerWindow } from './answer-windows.ts'
import type { Query } from './read-query.ts'
import type { Trace } from './trace-query.ts'

/** What is measured on a window for a question, in the order the model reads it; never give a name another meaning. */
export const answerFeatures = [
  'match',
  'matchAmongSame',
  'matchBest',
  'coverage',
  'coverageOfSaid',
  'rootCoverage',
  'density',
  'rootDensity',
  'share',
  'rootShare',
  'bestSentence',
  'bestThree',
  'pairs',
  'rareShare',
  'densityBefore',
  'densityAfter',
  'rootBefore',
  'rootAfter',
  'firstMatch',
  'lastMatch',
  'firstMatchSeconds',
  'lastMatchSeconds',
  'headDensity',
  'tailDensity',
  'related',
  'relatedBefore',
  'relatedAfter',
  'relatedShare',
  'named',
  'namedShare',
  'namedGain',
  'namedMass',
  'namedOpens',
  'namedBefore',
  'namedAfter',
  'seconds',
  'queryTerms',
  'querySaid',
  'overview',
  'opinion',
  'fact',
  'startSeconds',
  'leftSeconds',
  'turns',
  'longestTurn',
  'speakers',
  'freshStart',
  'freshEnd',
  'freshInside',
  'shiftStart',
  'shiftEnd',
  'turnStart',
  'turnEnd',
  'firstTurnWords',
] as const
export type AnswerFeature = (typeof answerFeatures)[number]

export type Measured = Partial<Record<AnswerFeature, number>>

export interface MeasureInput {
  facts: RecordingFacts
  index: AnswerIndex
  query: Query
  trace: Trace
  windows: readonly AnswerWindow[]
}
