import type { RecordingFacts } from '../recording-facts.ts'
import type { Measured, MeasureInput } from './answer-features.ts'
import type { AnswerIndex } from './answer-index.ts'
import type { AnswerWindow } from './answer-windows.ts'
import { inside, logDensity, shareOf } from './prefix-sums.ts'
import type { Sums, Trace } from './trace-query.ts'

// Of a term's frequency and of a window's length, as usual for short texts (Robertson and Zaragoza 2009).
const [k1, b] = [1.2, 0.5]
const usualWords = 250

export function bm25({ terms }: Trace, { wordsBefore }: AnswerIndex, { first, last }: AnswerWindow): number {
  const words = inside(wordsBefore, first, last)
  const norm = k1 * (1 - b + (b * words) / usualWords)
  let score = 0
  for (const { weight, sums } of terms) {
    const uses = inside(sums, first, last)
    if (uses > 0) score += (weight * uses * (k1 + 1)) / (uses + norm)
  }
  return score
}

/** How much of what is asked for is said in a window, where in it, and around it. */
export function measureWords({ facts, index, trace }: MeasureInput, window: AnswerWindow): Measured {
  const { first, last, start, end } = window
  const { sentences } = facts
  const { wordsBefore } = index
  const count = sentences.length
  const beside = (sums: Sums, from: number, to: number) => logDensity(sums, wordsBefore, { first: from, last: to })
  // Half a minute on either side shows whether the subject goes on.
  const before = { first: backFrom(sentences, first, 30), last: first - 1 }
  const after = { first: last + 1, last: onFrom(sentences, last, 30) }
  const quarter = (end - start) / 4
  const head = Math.min(last, onFrom(sentences, first, quarter))
  const tail = Math.max(first, backFrom(sentences, last, quarter))
  const covered = trace.terms.reduce((sum, { weight, sums }) => sum + (inside(sums, first, last) > 0 ? weight : 0), 0)
  const said = trace.terms.reduce((sum, { weight }) => sum + weight, 0)
  const coveredRoots = trace.roots.reduce(
    (sum, { weight, sums }) => sum + (inside(sums, first, last) > 0 ? weight : 0),
    0,
  )
  const rarest = trace.terms.reduce<Trace['terms'][number] | null>(
    (a, c) => (a === null || c.weight > a.weight ? c : a),
    null,
  )
  const edges = matchEdges(trace.coverage, window)
  const at = (i: number) => sentences[i]?.start ?? start
  const seconds = Math.max(1, end - start)
  const tops = topThree(trace.coverage, window)
  return {
    coverage: covered / Math.max(1e-9, trace.wanted),
    coverageOfSaid: covered / Math.max(1e-9, said),
    rootCoverage: coveredRoots / Math.max(1e-9, trace.wantedRoots),
    density: beside(trace.mass, first, last),
    rootDensity: beside(trace.rootMass, first, last),
    share: shareOf(trace.mass, window, count),
    rootShare: shareOf(trace.rootMass, window, count),
    bestSentence: tops[0],
    bestThree: tops[0] + tops[1] + tops[2],
    pairs: inside(trace.pairs, first, last),
    rareShare: rarest === null ? 0 : shareOf(rarest.sums, window, count),
    densityBefore: beside(trace.mass, before.first, before.last),
    densityAfter: beside(trace.mass, after.first, after.last),
    rootBefore: beside(trace.rootMass, before.first, before.last),
    rootAfter: beside(trace.rootMass, after.first, after.last),
    firstMatch: edges === null ? 1 : (at(edges.first) - start) / seconds,
    lastMatch: edges === null ? 1 : (end - at(edges.last)) / seconds,
    firstMatchSeconds: edges === null ? 200 : Math.min(200, at(edges.first) - start),
    lastMatchSeconds: edges === null ? 200 : Math.min(200, end - at(edges.last)),
    headDensity: beside(trace.rootMass, first, head),
    tailDensity: beside(trace.rootMass, tail, last),
    related: beside(trace.related, first, last),
    relatedBefore: beside(trace.related, before.first, before.last),
    relatedAfter: beside(trace.related, after.first, after.last),
    relatedShare: shareOf(trace.related, window, count),
  }
}

/** How much a person named in the question says there. */
export function measureNamed({ facts, index, trace }: MeasureInput, { first, last }: AnswerWindow): Measured {
  const { named } = trace
  if (named === null) return { named: facts.hasSpeakers ? 0 : Number.NaN }
  const count = facts.sentences.length
  const wordsOf = (from: number, to: number) =>
    inside(named.words, from, to) / Math.max(1, inside(index.wordsBefore, from, to))
  const share = wordsOf(first, last)
  const all = wordsOf(0, count - 1)
  const { sentences } = facts
  return {
    named: 1,
    namedShare: share,
    namedGain: Math.log((share + 0.02) / (all + 0.02)),
    namedMass: Math.log1p(inside(named.mass, first, last)),
    namedOpens: wordsOf(first, Math.min(last, onFrom(sentences, first, 20))),
    namedBefore: first === 0 ? 0 : wordsOf(backFrom(sentences, first, 20), first - 1),
    namedAfter: last === count - 1 ? 0 : wordsOf(last + 1, onFrom(sentences, last, 20)),
  }
}

function matchEdges(coverage: Float64Array, { first, last }: AnswerWindow): { first: number; last: number } | null {
  let [from, to] = [first, last]
  while (from <= last && (coverage[from] ?? 0) === 0) from++
  if (from > last) return null
  while ((coverage[to] ?? 0) === 0) to--
  return { first: from, last: to }
}

function topThree(coverage: Float64Array, { first, last }: AnswerWindow): [number, number, number] {
  let [x, y, z] = [0, 0, 0]
  for (let i = first; i <= last; i++) {
    const value = coverage[i] ?? 0
    if (value > x) [x, y, z] = [value, x, y]
    else if (value > y) [y, z] = [value, y]
    else if (value > z) z = value
  }
  return [x, y, z]
}

function backFrom(sentences: RecordingFacts['sentences'], index: number, seconds: number): number {
  const earliest = (sentences[index]?.start ?? 0) - seconds
  let first = index
  while (first > 0 && (sentences[first - 1]?.start ?? 0) >= earliest) first--
  return first
}

function onFrom(sentences: RecordingFacts['sentences'], index: number, seconds: number): number {
  const latest = (sentences[index]?.start ?? 0) + seconds
  let last = index
  while (last + 1 < sentences.length && (sentences[last + 1]?.start ?? 0) < latest) last++
  return last
}
