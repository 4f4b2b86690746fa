import type { Known } from '../../src/pipeline/detect/known.ts'
import { textsOf, turnWordsOf } from '../../src/pipeline/detect/place-signals.ts'
import { shapesAfter, type WordWeights, wordsAround } from '../../src/pipeline/detect/word-scores.ts'
import type { Captured } from './capture.ts'
import { fitRidge } from './fit-ridge.ts'

/** A recording's sentence ends: what stands around each, as numbers of signs, and the reactions right after it, 0 to 1. */
export interface SentenceEnds {
  signs: Int32Array[]
  reactions: Float64Array
}

/** Numbers for signs: `b:word` said before, `a:word` said after, `s:shape`. */
export class SignNumbers {
  readonly names: string[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(sign: string): number {
    const known = this.#numbers.get(sign)
    if (known !== undefined) return known
    this.#numbers.set(sign, this.names.length)
    return this.names.push(sign) - 1
  }
}

export function sentenceEndsOf({ labelled, facts }: Captured, numbers: SignNumbers): SentenceEnds {
  const texts = textsOf(facts)
  const turnWords = turnWordsOf(facts.sentences)
  const reactions = new Float64Array(facts.sentences.length)
  for (const { t, weight } of labelled.events) {
    const nearest = nearestEnd(facts.sentences, t)
    if (nearest !== null) reactions[nearest] = Math.min(1, (reactions[nearest] ?? 0) + weight)
  }
  const known: Known = { words: true, speakers: facts.hasSpeakers }
  const signs = facts.sentences.map((_, index) => {
    const { said, next } = wordsAround(texts, index)
    return Int32Array.from([
      ...shapesAfter({ facts, turnWords, known, index }).map((shape) => numbers.numberOf(`s:${shape}`)),
      ...[...said].map((word) => numbers.numberOf(`b:${word}`)),
      ...[...next].map((word) => numbers.numberOf(`a:${word}`)),
    ])
  })
  return { signs, reactions }
}

// Said in fewer recordings, it is a name or a subject of theirs.
const leastRecordings = 8
// Some more than five-dozen recordings give; it keeps the file small when there are many more.
const mostWords = 2500
// Tried: 3, 10, 30 and 100 gave lift@5 of 8.1, 8.4, 8.2 and 8.1 out of fold by this signal alone.
const lambda = 10

/** How likely a reaction is after a sentence, by the words and shapes around its end. */
export function fitWords(recordings: readonly SentenceEnds[], numbers: SignNumbers): WordWeights {
  const columns = columnsOf(recordings, numbers)
  const { base, weights } = fitRidge({
    columns: columns.map(({ rows }) => ({ rows })),
    targets: recordings.flatMap(({ reactions }) => [...reactions]),
    lambda,
    passes: 8,
  })
  const shapes: [string, number][] = []
  const words = new Map<string, [number, number]>()
  const worth = new Map<string, number>()
  for (const [i, { sign }] of columns.entries()) {
    const [kind, name, weight] = [sign[0], sign.slice(2), rounded(weights[i] ?? 0)]
    if (kind === 's') {
      shapes.push([name, weight])
      continue
    }
    const pair = words.get(name) ?? [0, 0]
    pair[kind === 'b' ? 0 : 1] = weight
    words.set(name, pair)
    // What a word changes in all: many small pushes count for more than a strong one, once.
    worth.set(name, (worth.get(name) ?? 0) + Math.abs(weight) * Math.sqrt(columns[i]?.rows.length ?? 0))
  }
  const worthOf = ([word]: [string, unknown]) => worth.get(word) ?? 0
  const strongest = [...words].sort((a, b) => worthOf(b) - worthOf(a) || byName(a, b)).slice(0, mostWords)
  return {
    base: rounded(base),
    words: Object.fromEntries(strongest.sort(byName)),
    shapes: Object.fromEntries(shapes.sort(byName)),
  }
}

function columnsOf(recordings: readonly SentenceEnds[], numbers: SignNumbers): { sign: string; rows: Int32Array }[] {
  const rows: number[][] = numbers.names.map(() => [])
  const heardIn = new Uint16Array(numbers.names.length)
  let row = 0
  for (const { signs } of recordings) {
    const seen = new Set<number>()
    for (const list of signs) {
      for (const sign of list) {
        rows[sign]?.push(row)
        seen.add(sign)
      }
      row++
    }
    for (const sign of seen) heardIn[sign] = (heardIn[sign] ?? 0) + 1
  }
  return numbers.names
    .map((sign, i) => ({ sign, rows: Int32Array.from(rows[i] ?? []), heardIn: heardIn[i] ?? 0 }))
    .filter((column) => column.heardIn >= leastRecordings)
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1
}

function rounded(weight: number): number {
  return Math.round(weight * 1000) / 1000
}

// Markers stand where a sentence ends; further off there is none that they belong to.
const farthest = 6

function nearestEnd(sentences: Captured['facts']['sentences'], time: number): number | null {
  let [best, distance]: [number | null, number] = [null, farthest]
  for (const [i, { end }] of sentences.entries()) {
    if (Math.abs(end - time) < distance) [best, distance] = [i, Math.abs(end - time)]
  }
  return best
}
