import { longestSpeech } from './candidates.ts'
import { capitalised, say } from './features/say.ts'
import type { RecordingFacts } from './recording-facts.ts'

interface ShortfallInput {
  found: number
  asked: number
  facts: RecordingFacts
  /** Least length of a moment in seconds. */
  minSeconds: number
  candidateCount: number
}

/** Why there are fewer moments than asked for, in a sentence; null when there are as many. */
export function shortfallOf({ found, asked, facts, minSeconds, candidateCount }: ShortfallInput): string | null {
  if (found >= asked) return null
  if (facts.words.length === 0)
    return 'There is no speech in this recording, so there is nothing to choose from; --without-words chooses by sound and picture.'
  if (candidateCount === 0 && longestSpeech(facts.sentences) >= minSeconds)
    return `No whole sentences last as long as a moment may: allow more between the least length (${minSeconds} seconds) and the greatest.`
  if (candidateCount === 0)
    return `Nobody speaks for ${minSeconds} seconds in a row, which is the least length of a moment.`
  if (facts.duration <= minSeconds)
    return `The recording lasts ${Math.round(facts.duration)} seconds: it is one moment as a whole.`
  return `${capitalised(say(found, 'moment'))} of the ${asked} asked for: the rest overlaps these, repeats them, or is silence and announcements.`
}
