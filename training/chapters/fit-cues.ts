import { cueMarks } from '../../src/pipeline/detect/chapters/cue-words.ts'
import type { Sentence } from '../../src/pipeline/detect/sentence.ts'

export interface MarkedSentences {
  sentences: readonly Sentence[]
  /** 1 where a chapter begins, by sentence. */
  begins: ArrayLike<number>
}

// Words of one meeting's subject announce nothing elsewhere: a mark must be known from several recordings (each comes twice).
const leastRecordings = 12
// In standard deviations of what chance would bring: of a thousand marks, chance alone takes a dozen this far.
const leastSurprise = 2.5
// As if each mark had been seen before this many borders that chance brings.
const prior = 4

/**
 * Learns which words around a border announce something new: how much more often a mark comes there than elsewhere, in logarithms, pulled
 * towards nothing where it is rare; marks that chance explains are left out. A few hundred borders bear no more than this.
 */
export function fitCues(recordings: readonly MarkedSentences[]): Record<string, number> {
  const uses = new Map<number, Use>()
  let [borders, all] = [0, 0]
  for (const [r, { sentences, begins }] of recordings.entries()) {
    for (const [i, marks] of marksOf(sentences).entries()) {
      const target = begins[i] ?? 0
      borders += target
      all++
      for (const mark of marks) count(uses, mark, { target, recording: r })
    }
  }
  const share = borders / Math.max(1, all)
  const weights = [...uses].flatMap(([mark, use]): [string, number][] => {
    const expected = use.count * share
    const surprise = (use.borders - expected) / Math.sqrt(expected)
    if (use.recordings < leastRecordings || Math.abs(surprise) < leastSurprise) return []
    return [[textOf[mark] ?? '', Math.round(100 * Math.log((use.borders + prior) / (expected + prior))) / 100]]
  })
  return Object.fromEntries(weights.sort((a, b) => (a[0] < b[0] ? -1 : 1)))
}

interface Use {
  count: number
  borders: number
  recordings: number
  last: number
}

function count(
  uses: Map<number, Use>,
  mark: number,
  { target, recording }: { target: number; recording: number },
): void {
  const use = uses.get(mark) ?? { count: 0, borders: 0, recordings: 0, last: -1 }
  use.count++
  use.borders += target
  if (use.last !== recording) use.recordings++
  use.last = recording
  uses.set(mark, use)
}

// The same recordings come in many folds: their marks are read once, as numbers.
const numberOf = new Map<string, number>()
const textOf: string[] = []
const known = new WeakMap<readonly Sentence[], Int32Array[]>()

function marksOf(sentences: readonly Sentence[]): Int32Array[] {
  const found =
    known.get(sentences) ?? sentences.map((_, i) => Int32Array.from(new Set(cueMarks(sentences, i)), numbered))
  known.set(sentences, found)
  return found
}

function numbered(mark: string): number {
  const id = numberOf.get(mark) ?? textOf.push(mark) - 1
  numberOf.set(mark, id)
  return id
}

/** The same as the product's, from marks that are read already. */
export function knownCueScores(
  weights: Readonly<Record<string, number>>,
  sentences: readonly Sentence[],
): Float64Array {
  const all = marksOf(sentences)
  const byNumber = new Float64Array(textOf.length)
  for (const [mark, weight] of Object.entries(weights)) byNumber[numbered(mark)] = weight
  return Float64Array.from(all, (marks) => marks.reduce((sum, mark) => sum + (byNumber[mark] ?? 0), 0))
}
