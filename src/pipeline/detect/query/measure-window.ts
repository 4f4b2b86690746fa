import type { RecordingFacts } from '../recording-facts.ts'
import type { AnswerIndex } from './answer-index.ts'
import { type AnswerWindow, windowSeconds } from './answer-windows.ts'
import type { Query } from './read-query.ts'
import type { Sums, Trace } from './trace-query.ts'

/** What is measured on a window for a question, in the order the model reads it; never give a name another meaning. */
export const answerFeatures = [
  'match',
  'matchAmongSame',
  'matchBest',
  'coverage',
  'coverageOfSaid',
  'rootCoverage',
  'density',
  'rootDensity',
  'share',
  'rootShare',
  'bestSentence',
  'bestThree',
  'pairs',
  'rareShare',
  'densityBefore',
  'densityAfter',
  'rootBefore',
  'rootAfter',
  'firstMatch',
  'lastMatch',
  'firstMatchSeconds',
  'lastMatchSeconds',
  'headDensity',
  'tailDensity',
  'related',
  'relatedBefore',
  'relatedAfter',
  'relatedShare',
  'named',
  'namedShare',
  'namedGain',
  'namedMass',
  'namedOpens',
  'namedBefore',
  'namedAfter',
  'seconds',
  'queryTerms',
  'querySaid',
  'overview',
  'opinion',
  'fact',
  'startSeconds',
  'leftSeconds',
  'turns',
  'longestTurn',
  'speakers',
  'freshStart',
  'freshEnd',
  'freshInside',
  'shiftStart',
  'shiftEnd',
  'turnStart',
  'turnEnd',
  'firstTurnWords',
] as const
export type AnswerFeature = (typeof answerFeatures)[number]

interface MeasureInput {
  facts: RecordingFacts
  index: AnswerIndex
  query: Query
  trace: Trace
  windows: readonly AnswerWindow[]
}

/** A row of numbers for each window, in the order of `answerFeatures`; NaN for what can't be measured, such as turns without speakers. */
export function measureWindows(input: MeasureInput): Float64Array[] {
  const { windows, trace, index } = input
  const scores = windows.map((window) => bm25(trace, index, window))
  const best = Math.max(1e-9, ...chunkMax(scores))
  const bySize = windowSeconds.map((_, size) => spread(scores.filter((__, i) => windows[i]?.size === size)))
  const turns = turnsOf(input.facts)
  return windows.map((window, i) => {
    const score = scores[i] ?? 0
    const { mean, deviation } = bySize[window.size] ?? { mean: 0, deviation: 1 }
    const measured = measure(input, window, turns)
    measured['match'] = trace.wanted === 0 ? 0 : score / trace.wanted
    measured['matchBest'] = score / best
    measured['matchAmongSame'] = (score - mean) / Math.max(1e-6, deviation)
    return Float64Array.from(answerFeatures, (name) => rounded(measured[name] ?? Number.NaN))
  })
}

type Measured = Partial<Record<AnswerFeature, number>>

function measure(input: MeasureInput, window: AnswerWindow, turns: Turns): Measured {
  return {
    ...measureWords(input, window),
    ...measureNamed(input, window),
    ...measureQuery(input, window),
    ...measureForm(input, window, turns),
  }
}

// Of a term's frequency and of a window's length, as usual for short texts (Robertson and Zaragoza 2009).
const [k1, b] = [1.2, 0.5]
const usualWords = 250

function bm25({ terms }: Trace, { wordsBefore }: AnswerIndex, { first, last }: AnswerWindow): number {
  const words = inside(wordsBefore, first, last)
  const norm = k1 * (1 - b + (b * words) / usualWords)
  let score = 0
  for (const { weight, sums } of terms) {
    const uses = inside(sums, first, last)
    if (uses > 0) score += (weight * uses * (k1 + 1)) / (uses + norm)
  }
  return score
}

function measureWords({ facts, index, trace }: MeasureInput, window: AnswerWindow): Measured {
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

function measureNamed({ facts, index, trace }: MeasureInput, { first, last }: AnswerWindow): Measured {
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

function measureQuery({ facts, query, trace }: MeasureInput, { start, end }: AnswerWindow): Measured {
  const { duration } = facts
  const { kind } = query
  return {
    seconds: Math.log(Math.max(1, end - start)),
    queryTerms: query.terms.length,
    querySaid: trace.terms.length / Math.max(1, query.terms.length),
    overview: Number(kind.overview),
    opinion: Number(kind.opinion),
    fact: Number(kind.fact),
    // Greetings and farewells last less than five minutes; farther in, where it is says nothing.
    startSeconds: Math.min(300, start),
    leftSeconds: Math.min(300, Math.max(0, duration - end)),
  }
}

function measureForm({ facts }: MeasureInput, { first, last }: AnswerWindow, turns: Turns): Measured {
  const { sentences, borders, topics, hasSpeakers } = facts
  const shift = (i: number) => Math.max(topics.shifts[i - 1] ?? 0, topics.shifts[i] ?? 0, topics.shifts[i + 1] ?? 0)
  const form: Measured = {
    freshStart: borders.fresh[first] ?? 0,
    freshEnd: borders.fresh[last + 1] ?? 0,
    freshInside: mostBetween(borders.fresh, first + 1, last),
    shiftStart: shift(first),
    shiftEnd: shift(last + 1),
  }
  if (!hasSpeakers) return form
  const words = sentences
    .slice(first, last + 1)
    .reduce((sum, { firstWord, lastWord }) => sum + lastWord - firstWord + 1, 0)
  return {
    ...form,
    turns: ((turns.number[last] ?? 0) - (turns.number[first] ?? 0)) / Math.max(1, words / 100),
    longestTurn: longestTurn(turns, { first, last }) / Math.max(1, words),
    speakers: Math.min(8, new Set(sentences.slice(first, last + 1).map(({ speaker }) => speaker)).size),
    turnStart: Number(first === 0 || turns.number[first] !== turns.number[first - 1]),
    turnEnd: Number(last === sentences.length - 1 || turns.number[last] !== turns.number[last + 1]),
    firstTurnWords: Math.log1p(turns.wordsLeft[first] ?? 0),
  }
}

interface Turns {
  /** Of each sentence. */
  number: Int32Array
  /** Words from each sentence to the end of its turn. */
  wordsLeft: Float64Array
}

function turnsOf({ sentences }: RecordingFacts): Turns {
  const number = new Int32Array(sentences.length)
  const wordsLeft = new Float64Array(sentences.length)
  for (let i = 1; i < sentences.length; i++) {
    number[i] = (number[i - 1] ?? 0) + (sentences[i]?.speaker === sentences[i - 1]?.speaker ? 0 : 1)
  }
  for (let i = sentences.length - 1; i >= 0; i--) {
    const own = (sentences[i]?.lastWord ?? 0) - (sentences[i]?.firstWord ?? 0) + 1
    wordsLeft[i] = own + (number[i] === number[i + 1] ? (wordsLeft[i + 1] ?? 0) : 0)
  }
  return { number, wordsLeft }
}

function longestTurn({ number, wordsLeft }: Turns, { first, last }: { first: number; last: number }): number {
  let longest = 0
  for (let i = first; i <= last; i++) {
    if (i > first && number[i] === number[i - 1]) continue
    longest = Math.max(longest, wordsLeft[i] ?? 0)
  }
  return longest
}

function inside(sums: Sums, first: number, last: number): number {
  return last < first ? 0 : (sums[last + 1] ?? 0) - (sums[first] ?? 0)
}

/** Logarithm of how much denser it is here than in the whole recording; 0 for an empty stretch. */
function logDensity(sums: Sums, words: Sums, { first, last }: { first: number; last: number }): number {
  const count = sums.length - 1
  const all = inside(sums, 0, count - 1)
  const here = inside(words, first, Math.min(last, count - 1))
  if (here === 0 || all === 0) return 0
  const mean = all / Math.max(1, inside(words, 0, count - 1))
  // Twenty words at the mean density keep a single hit in a short stretch from looking like a subject.
  return Math.log((inside(sums, first, Math.min(last, count - 1)) + mean * 20) / (here + 20) / mean)
}

function shareOf(sums: Sums, { first, last }: AnswerWindow, count: number): number {
  const all = inside(sums, 0, count - 1)
  return all === 0 ? 0 : inside(sums, first, last) / all
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

function mostBetween(values: Float64Array, from: number, to: number): number {
  let most = 0
  for (let i = from; i <= to; i++) most = Math.max(most, values[i] ?? 0)
  return most
}

function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length)
  return { mean, deviation: Math.sqrt(variance) }
}

/** Largest of each thousand, since a call takes only so many arguments. */
function chunkMax(values: readonly number[]): number[] {
  const tops: number[] = []
  for (let i = 0; i < values.length; i += 1000) tops.push(Math.max(...values.slice(i, i + 1000)))
  return tops
}

/** Four significant digits keep the weights small and the same on every machine. */
function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(4)) : value
}
