import type { RecordingFacts } from '../recording-facts.ts'
import { termsOf } from './terms.ts'

/** Where each word of a recording is said, by sentence. Made once; every question is put to it. */
export interface AnswerIndex {
  /** Sentences that hold the stem, once for each time it is said. */
  readonly keys: ReadonlyMap<string, readonly number[]>
  /** The same for the first letters. */
  readonly roots: ReadonlyMap<string, readonly number[]>
  /** Stems of each sentence. */
  readonly said: readonly (readonly string[])[]
  /** Words before each sentence; one value more than sentences. */
  readonly wordsBefore: Float64Array
  /** How telling a stem is: the fewer minutes it is said in, the more. */
  readonly weigh: (sentences: readonly number[]) => number
}

// Half a minute: what is said in every one of them says nothing.
const secondsPerBlock = 30

export function answerIndex({ sentences, duration }: RecordingFacts): AnswerIndex {
  const keys = new Map<string, number[]>()
  const roots = new Map<string, number[]>()
  const wordsBefore = new Float64Array(sentences.length + 1)
  const said = sentences.map(({ text, firstWord, lastWord }, s) => {
    wordsBefore[s + 1] = (wordsBefore[s] ?? 0) + lastWord - firstWord + 1
    const terms = termsOf(text)
    for (const { key, root } of terms) {
      note(keys, key, s)
      note(roots, root, s)
    }
    return terms.map(({ key }) => key)
  })
  const blocks = Math.max(1, Math.ceil(duration / secondsPerBlock))
  const blockOf = sentences.map(({ start }) => Math.floor(start / secondsPerBlock))
  return {
    keys,
    roots,
    said,
    wordsBefore,
    weigh(found) {
      let [count, last] = [0, -1]
      for (const s of found) {
        const block = blockOf[s] ?? 0
        if (block !== last) count++
        last = block
      }
      return Math.log(1 + (blocks - count + 0.5) / (count + 0.5))
    },
  }
}

function note(map: Map<string, number[]>, text: string, sentence: number): void {
  const list = map.get(text)
  if (list === undefined) map.set(text, [sentence])
  else list.push(sentence)
}
