import { overlapOf, type TimeRange } from '../../src/domain/time-range.ts'
import { type AnswerIndex, answerIndex } from '../../src/pipeline/detect/query/answer-index.ts'
import type { AnswerWindow } from '../../src/pipeline/detect/query/answer-windows.ts'
import { readQuery } from '../../src/pipeline/detect/query/read-query.ts'
import { measured } from '../../src/pipeline/detect/query/search-answers.ts'
import { type Trace, traceQuery } from '../../src/pipeline/detect/query/trace-query.ts'
import type { Meeting } from './read-meetings.ts'

/** All windows of a meeting for one question, and how much each has in common with the answers people marked. */
export interface QuestionList {
  qid: string
  query: string
  meeting: Meeting
  windows: AnswerWindow[]
  rows: Float64Array[]
  trace: Trace
  /** Intersection over union with the best label, 0 to 1. */
  likeness: Float64Array
}

export function questionLists(meetings: readonly Meeting[]): QuestionList[] {
  return meetings.flatMap((meeting) => {
    const index = answerIndex(meeting.facts)
    return meeting.queries.map(({ qid, query, labels }) => ({ qid, ...listOf({ meeting, index, query, labels }) }))
  })
}

interface ListInput {
  meeting: Meeting
  index: AnswerIndex
  query: string
  labels: readonly TimeRange[]
}

export function listOf({ meeting, index, query: text, labels }: ListInput): Omit<QuestionList, 'qid'> {
  const query = readQuery(text)
  const trace = traceQuery(query, index, meeting.facts)
  const { windows, rows } = measured({ facts: meeting.facts, index, query, trace })
  const likeness = Float64Array.from(windows, (window) => Math.max(0, ...labels.map((label) => iou(window, label))))
  return { query: text, meeting, windows, rows, trace, likeness }
}

function iou(a: TimeRange, b: TimeRange): number {
  const shared = overlapOf(a, b)
  return shared / Math.max(1e-9, a.end - a.start + b.end - b.start - shared)
}
