import { lengthOf } from '../../../domain/time-range.ts'
import type { Candidate } from '../candidates.ts'
import type { RecordingFacts } from '../recording-facts.ts'
import { excess } from './excess.ts'
import type { Feature } from './feature.ts'
import { total } from './per-second.ts'

/** How fast the word goes back and forth: turns, and again those of at most a dozen words. Null when speakers aren't told apart. */
export const exchange: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure(span, facts) {
    return facts.hasSpeakers ? excess(span, facts, 'turns') + excess(span, facts, 'shortTurns') / 2 : null
  },
  explain(span, facts) {
    const turns = total({ ...span, firstSentence: span.firstSentence + 1 }, facts, 'turns')
    if (turns < 3) return null
    const speakers = speakersOf(span, facts)
    const who = speakers.length === 2 ? `between ${speakers.join(' and ')}` : `among ${speakers.length} people`
    return `Quick back-and-forth ${who}: ${turns + 1} turns in ${Math.round(lengthOf(span))} seconds`
  },
}

function speakersOf({ firstSentence, lastSentence }: Candidate, { sentences }: RecordingFacts): string[] {
  const names = sentences
    .slice(firstSentence, lastSentence + 1)
    .flatMap(({ speaker }) => (speaker === null ? [] : [speaker]))
  return [...new Set(names)]
}
