import { answerFeatures, type Measured, type MeasureInput } from './answer-features.ts'
import { type AnswerWindow, windowSeconds } from './answer-windows.ts'
import { bm25, measureNamed, measureWords } from './measure-words.ts'
import { longestTurn, type Turns, turnsOf } from './turns.ts'

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

function measure(input: MeasureInput, window: AnswerWindow, turns: Turns): Measured {
  return {
    ...measureWords(input, window),
    ...measureNamed(input, window),
    ...measureQuery(input, window),
    ...measureForm(input, window, turns),
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
