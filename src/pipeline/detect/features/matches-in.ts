import type { Candidate } from '../candidates.ts'
import type { RecordingFacts } from '../recording-facts.ts'
import { matchesOf, type PatternName } from '../sentence-counts.ts'

/** The matches of a word list inside a span, in order. */
export function matchesIn(span: Candidate, facts: RecordingFacts, name: PatternName): string[] {
  return facts.sentences.slice(span.firstSentence, span.lastSentence + 1).flatMap(({ text }) => matchesOf(name, text))
}
