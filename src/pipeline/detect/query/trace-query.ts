import type { RecordingFacts } from '../recording-facts.ts'
import type { AnswerIndex } from './answer-index.ts'
import { findSpeakers } from './find-speakers.ts'
import type { Query } from './read-query.ts'

/** Running sums over the sentences: the amount in sentences `a` to `b` is `sums[b + 1] - sums[a]`. */
export type Sums = Float64Array

/** Where the words of a question are said in a recording. */
export interface Trace {
  /** For each term that is said at all: how telling it is, and how often it is said. */
  terms: { weight: number; sums: Sums }[]
  /** The same by first letters. */
  roots: { weight: number; sums: Sums }[]
  /** What all terms of the question would weigh, said or not. */
  wanted: number
  wantedRoots: number
  /** Weight of the terms said in each sentence, repeats counted. */
  mass: Sums
  rootMass: Sums
  /** Share of the question's weight in each single sentence, 0 to 1. */
  coverage: Float64Array
  /** Neighbouring terms of the question that stand in one sentence. */
  pairs: Sums
  /** What the speakers named in the question say: their words, and the mass in them. Null when none is named. */
  named: { words: Sums; mass: Sums } | null
  /** Weight of words that are said where the question's words are. */
  related: Sums
}

/** Follows a question through a recording. Time grows with the number of times its words are said. */
export function traceQuery(query: Query, index: AnswerIndex, facts: RecordingFacts): Trace {
  const count = facts.sentences.length
  const speakers = [...new Set(facts.sentences.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])))]
  const asked = findSpeakers(query, speakers)
  const names = new Set([...asked].flatMap((name) => name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []))
  const sought = query.terms.filter(({ key }) => !names.has(key))
  const keyed = sought.map(({ key }) => weighed(index.keys.get(key) ?? []))
  const rooted = [...new Set(sought.map(({ root }) => root))].map((root) => weighed(index.roots.get(root) ?? []))
  const terms = keyed.filter(({ found }) => found.length > 0)
  const roots = rooted.filter(({ found }) => found.length > 0)
  const wanted = sum(keyed.map(({ weight }) => weight))
  const mass = massOf(terms, count)
  const coverage = new Float64Array(count)
  for (const { found, weight } of terms) {
    for (const s of new Set(found)) coverage[s] = (coverage[s] ?? 0) + weight / Math.max(1e-9, wanted)
  }
  const isNamed = facts.sentences.map(({ speaker }) => speaker !== null && asked.has(speaker))
  return {
    terms: terms.map(({ found, weight }) => ({ weight, sums: sumsOf(counts(found, count)) })),
    roots: roots.map(({ found, weight }) => ({ weight, sums: sumsOf(counts(found, count)) })),
    wanted,
    wantedRoots: sum(rooted.map(({ weight }) => weight)),
    mass: sumsOf(mass),
    rootMass: sumsOf(massOf(roots, count)),
    coverage,
    pairs: sumsOf(pairsIn(query, index, count)),
    named:
      asked.size === 0
        ? null
        : {
            words: sumsOf(
              facts.sentences.map(({ firstWord, lastWord }, s) => (isNamed[s] ? lastWord - firstWord + 1 : 0)),
            ),
            mass: sumsOf(mass.map((value, s) => (isNamed[s] ? value : 0))),
          },
    related: sumsOf(relatedMass(coverage, new Set(sought.map(({ key }) => key)), index)),
  }

  function weighed(found: readonly number[]) {
    return { found, weight: index.weigh(found) }
  }
}

function counts(found: readonly number[], count: number): Float64Array {
  const values = new Float64Array(count)
  for (const s of found) values[s] = (values[s] ?? 0) + 1
  return values
}

function massOf(terms: readonly { found: readonly number[]; weight: number }[], count: number): Float64Array {
  const mass = new Float64Array(count)
  for (const { found, weight } of terms) for (const s of found) mass[s] = (mass[s] ?? 0) + weight
  return mass
}

function pairsIn({ pairs }: Query, { keys }: AnswerIndex, count: number): Float64Array {
  const values = new Float64Array(count)
  for (const [a, b] of pairs) {
    const others = new Set(keys.get(b.key))
    for (const s of new Set(keys.get(a.key))) if (others.has(s)) values[s] = (values[s] ?? 0) + 1
  }
  return values
}

// Where most of the question is said, its subject is: the words around these sentences are looked for elsewhere too.
const mostPlaces = 8
const sentencesAround = 3
const mostRelated = 24

/** Words that come with the question's words, weighed by how much more they come there (relevance feedback, Lavrenko and Croft 2001). */
function relatedMass(coverage: Float64Array, sought: ReadonlySet<string>, index: AnswerIndex): Float64Array {
  const places = [...coverage.keys()]
    .filter((s) => (coverage[s] ?? 0) > 0)
    .sort((a, b) => (coverage[b] ?? 0) - (coverage[a] ?? 0) || a - b)
    .slice(0, mostPlaces)
  const near = new Map<string, number>()
  for (const place of places) {
    for (let s = Math.max(0, place - sentencesAround); s <= place + sentencesAround; s++) {
      const share = (coverage[place] ?? 0) / (1 + Math.abs(s - place))
      for (const key of index.said[s] ?? [])
        if (!sought.has(key) && key.length > 2) near.set(key, (near.get(key) ?? 0) + share)
    }
  }
  const related = [...near]
    .map(([key, share]) => {
      const found = index.keys.get(key) ?? []
      return { found, weight: found.length < 2 ? 0 : (share * index.weigh(found)) / Math.sqrt(found.length) }
    })
    .sort((a, b) => b.weight - a.weight || b.found.length - a.found.length)
    .slice(0, mostRelated)
  const all = Math.max(1e-9, sum(related.map(({ weight }) => weight)))
  return massOf(
    related.map(({ found, weight }) => ({ found, weight: weight / all })),
    coverage.length,
  )
}

function sumsOf(values: ArrayLike<number>): Sums {
  const sums = new Float64Array(values.length + 1)
  for (let i = 0; i < values.length; i++) sums[i + 1] = (sums[i] ?? 0) + (values[i] ?? 0)
  return sums
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
