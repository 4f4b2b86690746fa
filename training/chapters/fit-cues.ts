import { seededRandom } from '../../src/domain/seeded-random.ts'
import { cueMarks } from '../../src/pipeline/detect/chapters/cue-words.ts'
import type { Sentence } from '../../src/pipeline/detect/sentence.ts'

export interface MarkedSentences {
  sentences: readonly Sentence[]
  /** 1 where a chapter begins, by sentence. */
  begins: ArrayLike<number>
}

// Words of one meeting's subject announce nothing elsewhere: a mark must be known from several recordings (each comes twice).
const leastRecordings = 12
const leastUses = 24
const mostMarks = 1200
const rounds = 4
const rate = 0.15
const decay = 1e-4

/** Learns which words around a border announce something new: logistic regression on marks, by stochastic descent (AdaGrad; Duchi and others 2011). */
export function fitCues(recordings: readonly MarkedSentences[]): Record<string, number> {
  const known = usualMarks(recordings)
  const examples = recordings.flatMap(({ sentences, begins }) =>
    marksOf(sentences).map((marks, i) => ({
      marks: [...marks].flatMap((mark) => known.get(mark) ?? []),
      target: begins[i] ?? 0,
    })),
  )
  const weights = new Float64Array(known.size)
  const steps = new Float64Array(known.size).fill(1)
  const share = examples.reduce((sum, { target }) => sum + target, 0) / Math.max(1, examples.length)
  const bias = Math.log(share / (1 - share))
  const random = seededRandom(5)
  for (let round = 0; round < rounds; round++) {
    shuffle(examples, random)
    for (const { marks, target } of examples) {
      const score = marks.reduce((sum, mark) => sum + (weights[mark] ?? 0), bias)
      // Borders are one sentence in a hundred: without weight they teach nothing.
      const error = (1 / (1 + Math.exp(-score)) - target) * (target === 1 ? 5 : 1)
      for (const mark of marks) {
        const gradient = error + decay * (weights[mark] ?? 0)
        steps[mark] = (steps[mark] ?? 0) + gradient * gradient
        weights[mark] = (weights[mark] ?? 0) - (rate * gradient) / Math.sqrt(steps[mark] ?? 1)
      }
    }
  }
  const named = [...known].map(([mark, id]): [string, number] => [
    textOf[mark] ?? '',
    Math.round((weights[id] ?? 0) * 100) / 100,
  ])
  return Object.fromEntries(named.filter(([, weight]) => weight !== 0))
}

// The same recordings come in many folds: their marks are read once, as numbers.
const numberOf = new Map<string, number>()
const textOf: string[] = []
const known = new WeakMap<readonly Sentence[], Int32Array[]>()

function marksOf(sentences: readonly Sentence[]): Int32Array[] {
  const found =
    known.get(sentences) ?? sentences.map((_, i) => Int32Array.from(new Set(cueMarks(sentences, i)), number))
  known.set(sentences, found)
  return found
}

function number(mark: string): number {
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
  for (const [mark, weight] of Object.entries(weights)) byNumber[number(mark)] = weight
  return Float64Array.from(all, (marks) => marks.reduce((sum, mark) => sum + (byNumber[mark] ?? 0), 0))
}

/** The marks that are known best, by number, and their places in the list of weights. */
function usualMarks(recordings: readonly MarkedSentences[]): Map<number, number> {
  const uses = new Map<number, { count: number; recordings: number; last: number }>()
  for (const [r, { sentences }] of recordings.entries()) {
    for (const marks of marksOf(sentences)) {
      for (const mark of marks) {
        const use = uses.get(mark) ?? { count: 0, recordings: 0, last: -1 }
        use.count++
        if (use.last !== r) use.recordings++
        use.last = r
        uses.set(mark, use)
      }
    }
  }
  const text = (mark: number) => textOf[mark] ?? ''
  const usual = [...uses]
    .filter(([, use]) => use.count >= leastUses && use.recordings >= leastRecordings)
    .sort((a, b) => b[1].recordings - a[1].recordings || b[1].count - a[1].count || (text(a[0]) < text(b[0]) ? -1 : 1))
    .slice(0, mostMarks)
  return new Map(usual.map(([mark], id) => [mark, id]))
}

function shuffle<T>(list: T[], random: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const k = Math.floor(random() * (i + 1))
    ;[list[i], list[k]] = [list[k] as T, list[i] as T]
  }
}
