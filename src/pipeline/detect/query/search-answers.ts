import type { RecordingFacts } from '../recording-facts.ts'
import { type AnswerIndex, answerIndex } from './answer-index.ts'
import { type AnswerModel, scoreWindows } from './answer-model.ts'
import { type AnswerWindow, answerWindows } from './answer-windows.ts'
import { chanceOfAnswer } from './chance-of-answer.ts'
import { type Chosen, chooseAnswers } from './choose-answers.ts'
import { measureWindows } from './measure-window.ts'
import { type Query, readQuery } from './read-query.ts'
import { type Trace, traceQuery } from './trace-query.ts'

export type ScoredWindow = AnswerWindow & { score: number }

/** What was found for a question. */
export interface Answers {
  query: Query
  trace: Trace
  windows: readonly ScoredWindow[]
  /** Best first; none when nothing seems to answer. */
  chosen: Chosen<ScoredWindow>[]
  /** How likely there is any answer in this recording, 0 to 1. */
  chance: number
  nothing: 'no words' | 'not said' | 'no answer' | null
}

interface SearchInput {
  facts: RecordingFacts
  query: string
  count: number
  model: AnswerModel
}

/** Weighs every window of a recording for a question, and chooses up to `count` that differ. */
export function searchAnswers({ facts, query: text, count, model }: SearchInput): Answers {
  const query = readQuery(text)
  const index = answerIndex(facts)
  const trace = traceQuery(query, index, facts)
  const empty = { query, trace, windows: [], chosen: [], chance: 0 }
  if (query.terms.length === 0 && trace.named === null) return { ...empty, nothing: 'no words' }
  if (trace.terms.length === 0 && trace.roots.length === 0 && trace.named === null)
    return { ...empty, nothing: 'not said' }
  const { windows, rows } = measured({ facts, index, query, trace })
  const scores = scoreWindows(model, rows)
  const scored = windows.map((window, i) => ({ ...window, score: scores[i] ?? 0 }))
  const chosen = chooseAnswers(scored, count, model.sharpness)
  const chance = chanceOfAnswer(model, { chosen, trace, windows, rows })
  if (chance < model.answerable.threshold) return { ...empty, windows: scored, chance, nothing: 'no answer' }
  return { query, trace, windows: scored, chosen, chance, nothing: null }
}

/** The windows of a recording and what is measured on each for a question; training reads the same. */
export function measured(input: { facts: RecordingFacts; index: AnswerIndex; query: Query; trace: Trace }): {
  windows: AnswerWindow[]
  rows: Float64Array[]
} {
  const windows = answerWindows(input.facts)
  return { windows, rows: measureWindows({ ...input, windows }) }
}
