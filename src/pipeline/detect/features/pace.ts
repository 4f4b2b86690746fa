import { lengthOf } from '../../../domain/time-range.ts'
import type { Candidate } from '../candidates.ts'
import { countIn, type RecordingFacts, sentenceFrom } from '../recording-facts.ts'
import type { Feature } from './feature.ts'
import { perSecond } from './per-second.ts'

/** How fast people speak, in words a second, and how much that differs from the half minute before. */
export const pace: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure(span, facts) {
    const before = paceBefore(span, facts)
    const here = perSecond(span, facts, 'words')
    return before === null ? here : here + Math.abs(here - before) / 2
  },
  explain(span, facts) {
    const usual = usualPace(facts)
    const faster = usual === 0 ? 0 : Math.round((perSecond(span, facts, 'words') / usual - 1) * 100)
    return faster < 15 ? null : `Spoken ${faster} % faster than usual here`
  },
}

/** Words a second over all the time that anybody speaks. */
function usualPace(facts: RecordingFacts): number {
  const seconds = facts.sentences.reduce((sum, sentence) => sum + lengthOf(sentence), 0)
  return seconds === 0 ? 0 : facts.words.length / seconds
}

function paceBefore({ firstSentence, start }: Candidate, facts: RecordingFacts): number | null {
  const first = Math.min(sentenceFrom(facts, start - 30), firstSentence)
  const seconds = start - (facts.sentences[first]?.start ?? start)
  return seconds < 5 ? null : countIn(facts, 'words', { first, last: firstSentence - 1 }) / seconds
}
