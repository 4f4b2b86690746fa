import type { Sentence } from './sentence.ts'
import type { Topics } from './topics.ts'

/** Subjects where nobody looks for them, because memory is short: nothing is central, rare or alike, and nothing changes. */
export function withoutTopics(sentences: readonly Sentence[]): Topics {
  return {
    rarity: () => 0,
    centrality: () => 0,
    similarity: () => 0,
    shifts: new Float64Array(sentences.length),
    tellingWords: () => [],
  }
}
