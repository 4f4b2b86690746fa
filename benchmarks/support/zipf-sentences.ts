import { seededRandom } from '../../src/domain/seeded-random.ts'
import type { Word } from '../../src/domain/transcript.ts'

/** Words by how common they are, for searching. */
export interface SearchTerms {
  /** In more than every second sentence. */
  common: string
  /** In about one sentence of a few hundred. */
  middling: string
  /** In a few of a million. */
  rare: string
  absent: string
  /** Two words that stand side by side now and then. */
  phrase: string
}

export interface Sentences {
  /** The next sentence from `start` on, a word every third of a second. */
  next(start: number): { text: string; words: Word[] }
  terms: SearchTerms
}

const vocabulary = 20_000
const begins = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'br', 'st', 'ch', 'é', 'ö', 'ž']
const middles = ['a', 'e', 'i', 'o', 'u', 'ai', 'ou', 'ä']
const ends = ['', 'n', 'r', 's', 't', 'l', 'nd']
// What people say most, of several languages, so that common words look like common words.
const usual =
  'the and of to in it is that was for on are with they be at one have this from or had by hot but some what there we can out other ' +
  'und der die das ist nicht ich wir aber que de la el en un por con para est pas les des pour dans'

/** Sentences of words that are as common as words are in speech: the n-th most common comes 1/n as often as the first (Zipf). */
export function zipfSentences(seed = 1): Sentences {
  const random = seededRandom(seed)
  const words = makeWords()
  const shares = accumulated(words.map((_, rank) => 1 / (rank + 1)))
  const pick = (): string => words[firstAbove(shares, random() * (shares.at(-1) ?? 1))] ?? 'the'
  const next = (start: number) => {
    const picked = Array.from({ length: 6 + Math.floor(random() * 13) }, pick)
    const text = picked.join(' ')
    return {
      text: `${text.charAt(0).toUpperCase()}${text.slice(1)}.`,
      words: picked.map((word, i) => ({
        text: word,
        start: Math.round(1000 * (start + i / 3)) / 1000,
        end: Math.round(1000 * (start + (i + 0.8) / 3)) / 1000,
        confidence: 0.93,
        timing: 'exact' as const,
      })),
    }
  }
  const at = (rank: number): string => words[rank] ?? ''
  return {
    next,
    terms: {
      common: at(0),
      middling: at(800),
      rare: at(vocabulary - 1),
      absent: 'xyzzyplugh',
      phrase: `${at(1)} ${at(40)}`,
    },
  }
}

function makeWords(): string[] {
  const made = new Set(usual.split(' '))
  const syllables = begins.flatMap((begin) => middles.flatMap((middle) => ends.map((end) => begin + middle + end)))
  for (let n = 0; made.size < vocabulary; n += 1) {
    const [first, second] = [
      syllables[(n * 31) % syllables.length],
      syllables[(n * 17 + Math.floor(n / 29)) % syllables.length],
    ]
    made.add(`${first}${second}${n % 3 === 0 ? (syllables[(n * 7) % syllables.length] ?? '') : ''}`)
  }
  return [...made]
}

function accumulated(shares: readonly number[]): Float64Array {
  let sum = 0
  return Float64Array.from(shares, (share) => (sum += share))
}

function firstAbove(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) > value) high = middle
    else low = middle + 1
  }
  return low
}
