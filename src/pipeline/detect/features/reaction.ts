import type { Candidate } from '../candidates.ts'
import { countIn, type RecordingFacts, sentenceFrom } from '../recording-facts.ts'
import type { Feature } from './feature.ts'
import { say } from './say.ts'

// Laughter, "oh wow" and remarks follow within a few seconds; later ones belong to something else.
const secondsAfter = 15

/** Whether others react in the seconds after it: short turns and words such as "wow" or "no!". Cutting ends before them; they are a sign. */
export const reaction: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure(span, facts) {
    const after = sentencesAfter(span, facts)
    return facts.hasSpeakers
      ? countIn(facts, 'turns', after) + countIn(facts, 'reactions', after) / 2
      : countIn(facts, 'reactions', after)
  },
  explain(span, facts) {
    const replies = countIn(facts, 'shortTurns', sentencesAfter(span, facts))
    return replies < 2 ? null : `Others react at once: ${say(replies, 'short remark')} right after it`
  },
}

function sentencesAfter({ lastSentence, end }: Candidate, facts: RecordingFacts): { first: number; last: number } {
  return { first: lastSentence + 1, last: sentenceFrom(facts, end + secondsAfter) - 1 }
}
