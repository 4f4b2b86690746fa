import { termsOf } from '../query/terms.ts'
import type { RecordingFacts } from '../recording-facts.ts'
import { bare } from '../sentence-counts.ts'
import { commonWords, fillerWords } from '../vocabulary.ts'

/** What each sentence is about: numbers of its content words, and how telling each word is. */
export interface Content {
  /** Content words of each sentence. */
  ids: readonly Int32Array[]
  /** By number of the word: the fewer minutes it is said in, the more. */
  weights: Float64Array
}

const secondsPerBlock = 60

export function contentOf({ sentences, duration }: Pick<RecordingFacts, 'sentences' | 'duration'>): Content {
  const known = new Map<string, number>()
  const spread: number[] = []
  const lastBlock: number[] = []
  const ids = sentences.map(({ text, start }) => {
    const block = Math.floor(start / secondsPerBlock)
    return Int32Array.from(contentTerms(text), (key) => {
      const id = known.get(key) ?? known.size
      known.set(key, id)
      if (lastBlock[id] !== block) spread[id] = (spread[id] ?? 0) + 1
      lastBlock[id] = block
      return id
    })
  })
  const blocks = Math.max(1, Math.ceil(duration / secondsPerBlock))
  return {
    ids,
    weights: Float64Array.from(spread, (count) => Math.log(1 + Math.max(0, blocks - count + 0.5) / (count + 0.5))),
  }
}

function contentTerms(text: string): string[] {
  return text.split(/\s+/).flatMap((token) => {
    const word = bare(token).toLowerCase()
    if (word === '' || commonWords.has(word) || fillerWords.has(word)) return []
    return termsOf(word).flatMap(({ key }) => (key.length < 3 && /^[a-z]+$/.test(key) ? [] : [key]))
  })
}
