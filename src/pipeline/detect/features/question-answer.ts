import { lengthOf } from '../../../domain/time-range.ts'
import type { Candidate } from '../candidates.ts'
import type { RecordingFacts } from '../recording-facts.ts'
import { endsInQuestion } from '../sentence-counts.ts'
import type { Feature } from './feature.ts'

interface Answered {
  /** Seconds from the question to the end of the answer as far as the span holds it. */
  seconds: number
  asker: string | null
  answerer: string | null
}

/** A question together with its answer: one is asked early on, and another speaker (or the same, when unknown) goes on from it. */
export const questionAnswer: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure(span, facts) {
    const answered = answeredIn(span, facts)
    return answered === null ? 0 : answered.seconds / lengthOf(span)
  },
  explain(span, facts) {
    const answered = answeredIn(span, facts)
    if (answered === null) return null
    const { asker, answerer } = answered
    if (asker === null || answerer === null || asker === answerer) return 'Holds a question and its answer'
    return `${asker} asks, ${answerer} answers`
  },
}

// An answer shorter than this is a yes or a no.
const leastAnswerWords = 12

function answeredIn(
  { firstSentence, lastSentence, start, end }: Candidate,
  { sentences }: RecordingFacts,
): Answered | null {
  for (let i = firstSentence; i < lastSentence; i++) {
    const question = sentences[i]
    const answer = sentences[i + 1]
    if (question === undefined || answer === undefined || !endsInQuestion(question.text)) continue
    if (question.start - start > (end - start) / 2) return null
    const words = (sentences[lastSentence]?.lastWord ?? 0) - answer.firstWord + 1
    if (words < leastAnswerWords || endsInQuestion(answer.text)) continue
    return {
      seconds: Math.min(end, sentences[lastSentence]?.end ?? end) - question.start,
      asker: question.speaker,
      answerer: answer.speaker,
    }
  }
  return null
}
