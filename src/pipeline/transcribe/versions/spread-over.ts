import { roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import type { Word } from '../../../domain/transcript.ts'
import { spokenWeight } from '../words/estimate-word-times.ts'

/** Words one after the other over a span, by how long they take to say; `exact` when there is just one and the span is its own. */
export function spreadOver(texts: readonly string[], span: TimeRange, timing: Word['timing']): Word[] {
  const total = texts.reduce((sum, text) => sum + spokenWeight(text), 0)
  let passed = 0
  return texts.map((text) => {
    const start = span.start + ((span.end - span.start) * passed) / Math.max(1, total)
    passed += spokenWeight(text)
    const end = span.start + ((span.end - span.start) * passed) / Math.max(1, total)
    return { text, start: roundToMs(start), end: roundToMs(end), confidence: null, timing }
  })
}
