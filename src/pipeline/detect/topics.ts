import type { Sentence } from './sentence.ts'
import { bare } from './sentence-counts.ts'
import type { SpokenWord } from './spoken-words.ts'
import { topicShifts } from './topic-shifts.ts'
import { commonWords } from './vocabulary.ts'

interface SentenceSpan {
  first: number
  last: number
}

/** What a recording is about, by its content words (tf-idf, a block of sentences being the document). */
export interface Topics {
  /** Adds up 1 ÷ uses in the recording over the content words of a sentence. */
  rarity: (sentence: Sentence) => number
  /** Cosine between what a span and what the whole recording talk about, 0 to 1. */
  centrality: (span: SentenceSpan) => number
  /** Cosine between two spans, 0 to 1; quick for many first ones with few second ones. */
  similarity: (a: SentenceSpan, b: SentenceSpan) => number
  /** How much the words change before each sentence, 0 to 1. */
  shifts: Float64Array
  /** Content words of a span, the most telling first, as written there. */
  tellingWords: (span: SentenceSpan, order: 'central' | 'rare') => string[]
}

interface KeptVector {
  vector: ReadonlyMap<number, number>
  norm: number
}

const mostKept = 256

// A topic lasts longer than a sentence: words are documents' own when they stay within this many sentences.
const sentencesPerBlock = 8

export function topicsOf(words: readonly SpokenWord[], sentences: readonly Sentence[]): Topics {
  const { ids, uses, spread } = contentWords(words, sentences)
  const blocks = Math.ceil(sentences.length / sentencesPerBlock)
  const weight = Float64Array.from(spread, (count) => Math.log(1 + blocks / Math.max(1, count)))
  // The log keeps one word, said in every breath, from being the whole subject.
  const whole = Float64Array.from(uses, (count, id) => Math.log(1 + count) * (weight[id] ?? 0))
  const wholeNorm = Math.hypot(...chunkNorms(whole)) || 1
  const scratch = new Float64Array(uses.length)
  const kept = new Map<number, KeptVector>()

  /** Adds up the weights of a span's words in `scratch`; whoever reads them sets them back to 0. Returns the numbers of the words. */
  function gather({ first, last }: SentenceSpan): number[] {
    const touched: number[] = []
    const end = sentences[last]?.lastWord ?? -1
    for (let i = sentences[first]?.firstWord ?? 0; i <= end; i++) {
      const id = ids[i] ?? -1
      if (id < 0) continue
      if (scratch[id] === 0) touched.push(id)
      scratch[id] = (scratch[id] ?? 0) + (weight[id] ?? 0)
    }
    return touched
  }

  /** Few spans are chosen, and thousands compared with each of them. */
  function keptVector({ first, last }: SentenceSpan): KeptVector {
    const key = first * sentences.length + last
    const known = kept.get(key)
    if (known !== undefined) return known
    const vector = new Map<number, number>()
    let squares = 0
    for (const id of gather({ first, last })) {
      const value = scratch[id] ?? 0
      vector.set(id, value)
      squares += value * value
      scratch[id] = 0
    }
    if (kept.size >= mostKept) kept.clear()
    kept.set(key, { vector, norm: Math.sqrt(squares) })
    return { vector, norm: Math.sqrt(squares) }
  }

  return {
    shifts: topicShifts({ sentences, ids, weight }),
    rarity({ firstWord, lastWord }) {
      let sum = 0
      for (let i = firstWord; i <= lastWord; i++) {
        const id = ids[i] ?? -1
        if (id >= 0) sum += 1 / (uses[id] ?? 1)
      }
      return sum
    },
    centrality(span) {
      let [dot, norm] = [0, 0]
      for (const id of gather(span)) {
        const value = scratch[id] ?? 0
        dot += value * (whole[id] ?? 0)
        norm += value * value
        scratch[id] = 0
      }
      return norm === 0 ? 0 : dot / (Math.sqrt(norm) * wholeNorm)
    },
    similarity(a, b) {
      const other = keptVector(b)
      const touched = gather(a)
      let [dot, squares] = [0, 0]
      for (const id of touched) {
        const value = scratch[id] ?? 0
        dot += value * (other.vector.get(id) ?? 0)
        squares += value * value
        scratch[id] = 0
      }
      const norms = Math.sqrt(squares) * other.norm
      return norms === 0 ? 0 : Math.min(1, dot / norms)
    },
    tellingWords(span, order) {
      const found = new Map<number, string>()
      const end = sentences[span.last]?.lastWord ?? -1
      for (let i = sentences[span.first]?.firstWord ?? 0; i <= end; i++) {
        const id = ids[i] ?? -1
        if (id >= 0 && !found.has(id)) found.set(id, bare(words[i]?.text ?? ''))
      }
      const value = (id: number) => (order === 'central' ? (whole[id] ?? 0) : 1 / (uses[id] ?? 1))
      // Longer words first among equals: they say more.
      return [...found].sort((a, b) => value(b[0]) - value(a[0]) || b[1].length - a[1].length).map(([, text]) => text)
    },
  }
}

function contentWords(words: readonly SpokenWord[], sentences: readonly Sentence[]) {
  const ids = new Int32Array(words.length).fill(-1)
  const known = new Map<string, number>()
  const uses: number[] = []
  const spread: number[] = []
  const lastBlock: number[] = []
  for (const [s, sentence] of sentences.entries()) {
    const block = Math.floor(s / sentencesPerBlock)
    for (let i = sentence.firstWord; i <= sentence.lastWord; i++) {
      const key = contentKey(words[i]?.text ?? '')
      if (key === null) continue
      const id = known.get(key) ?? known.size
      known.set(key, id)
      ids[i] = id
      uses[id] = (uses[id] ?? 0) + 1
      if (lastBlock[id] !== block) spread[id] = (spread[id] ?? 0) + 1
      lastBlock[id] = block
    }
  }
  return { ids, uses, spread }
}

/** The word as counted: small letters, no possessive, one form for singular and plural; null for common words and bare marks. */
function contentKey(text: string): string | null {
  const key = bare(text).toLowerCase().replace(/'s$/, '')
  if (key === '' || commonWords.has(key)) return null
  // Latin words of two letters are hardly ever content; in other scripts one sign can be a word.
  if (key.length < 3 && /^[a-z]+$/.test(key)) return null
  return key.length > 4 && /[a-z][^s]s$/.test(key) ? key.slice(0, -1) : key
}

/** Norms of slices, since `Math.hypot(...values)` takes only so many arguments. */
function chunkNorms(values: Float64Array): number[] {
  const norms: number[] = []
  for (let i = 0; i < values.length; i += 1000) norms.push(Math.hypot(...values.subarray(i, i + 1000)))
  return norms
}
