import type { RecordingFacts } from './recording-facts.ts'
import { bare, plain } from './sentence-counts.ts'
import { commonWords } from './vocabulary.ts'

/** What may be read from a recording; what may not counts as unknown. */
export interface Known {
  /** Whether its words are of the language that the word lists and weights are made for. */
  words: boolean
  /** Whether two speakers or more are told apart. */
  speakers: boolean
}

// About half of spoken English are its most common words; of other languages, a few that look alike.
const leastCommon = 0.3

export function knownOf({ words, hasSpeakers }: RecordingFacts): Known {
  const common = words.reduce((sum, word) => sum + (commonWords.has(plain(bare(word.text))) ? 1 : 0), 0)
  return { words: common > leastCommon * words.length, speakers: hasSpeakers }
}
