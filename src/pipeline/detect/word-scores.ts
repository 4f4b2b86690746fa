import { z } from 'zod'
import type { Known } from './known.ts'
import type { RecordingFacts } from './recording-facts.ts'
import type { Sentence } from './sentence.ts'
import { endsInQuestion } from './sentence-counts.ts'

/** What words, and the shape of talk around a sentence's end, say about a reaction right there (log odds). */
export const wordWeights = z.object({
  base: z.number(),
  /** By word: said shortly before a reaction, and said right after it. */
  words: z.record(z.string(), z.tuple([z.number(), z.number()])),
  /** By sign; see `shapesAfter`. */
  shapes: z.record(z.string(), z.number()),
})
export type WordWeights = z.infer<typeof wordWeights>

// Of a punchline, and of what others answer to it.
const wordsBefore = 15
const wordsAfter = 8

export interface ScoreInput {
  facts: RecordingFacts
  /** The words of each sentence, in small letters. */
  texts: readonly (readonly string[])[]
  /** Words in the whole turn of each sentence. */
  turnWords: Float64Array
  known: Known
  weights: WordWeights
}

/** Of a sentence: how often people laugh or clap in it or right after it, and how likely they do where that is likeliest, 0 to 1. */
export interface Laughter {
  expected: Float64Array
  most: Float64Array
}

/**
 * For each sentence, how likely it is that people laugh or clap right after it. A piece of unpunctuated talk holds sentences whose ends
 * nobody marked: there it is looked for all through, and `expected` may be more than 1.
 */
export function laughterAfter({ facts, texts, turnWords, known, weights }: ScoreInput): Laughter {
  const all = texts.flat()
  const expected = new Float64Array(texts.length)
  const most = new Float64Array(texts.length)
  let from = 0
  for (const [index, words] of texts.entries()) {
    const to = from + words.length
    if (known.words && words.length >= usualSentence && isPiece(facts.sentences[index])) {
      const inside = chancesInside({ all, from, to, weights })
      expected[index] = (inside.reduce((sum, chance) => sum + chance, 0) * stepInside) / usualSentence
      most[index] = Math.max(...inside)
    } else {
      let odds = weights.base
      for (const shape of shapesAfter({ facts, turnWords, known, index })) odds += weights.shapes[shape] ?? 0
      if (known.words) odds += oddsOfWords(weights, wordsAround(texts, index))
      expected[index] = chanceOf(odds)
      most[index] = chanceOf(odds)
    }
    from = to
  }
  return { expected, most }
}

function isPiece(sentence: Sentence | undefined): boolean {
  return sentence !== undefined && (sentence.opens === 'clause' || sentence.closes === 'clause')
}

// Words. A sentence could end after any of them: looking after every fourth finds as much as after every second.
const usualSentence = 10
const stepInside = 4
const usualShapes = ['here 8', 'next 8', 'later 8', 'before 8']

interface InsideInput {
  /** All words of the recording. */
  all: readonly string[]
  from: number
  to: number
  weights: WordWeights
}

function chancesInside({ all, from, to, weights }: InsideInput): number[] {
  const usual = usualShapes.reduce((sum, shape) => sum + (weights.shapes[shape] ?? 0), weights.base)
  const chances: number[] = []
  for (let end = from + stepInside; end <= to; end += stepInside) {
    const said = new Set(all.slice(Math.max(0, end - wordsBefore), end))
    const next = new Set(all.slice(end, end + wordsAfter))
    chances.push(chanceOf(usual + oddsOfWords(weights, { said, next })))
  }
  return chances
}

function oddsOfWords(weights: WordWeights, { said, next }: ReturnType<typeof wordsAround>): number {
  let odds = 0
  for (const word of said) odds += weightsOf(weights, word)[0]
  for (const word of next) odds += weightsOf(weights, word)[1]
  return odds
}

function chanceOf(odds: number): number {
  return 1 / (1 + Math.exp(-odds))
}

const noWeights = [0, 0] as const

/** "constructor" is a word like any other. */
export function weightsOf({ words }: WordWeights, word: string): readonly [number, number] {
  return Object.hasOwn(words, word) ? (words[word] ?? noWeights) : noWeights
}

/** The different words shortly before and right after a sentence's end. */
export function wordsAround(texts: ScoreInput['texts'], index: number): { said: Set<string>; next: Set<string> } {
  const said = new Set<string>()
  let left = wordsBefore
  for (let i = index; i >= 0 && left > 0; i--) {
    for (const word of (texts[i] ?? []).slice(-left)) said.add(word)
    left -= texts[i]?.length ?? 0
  }
  const next = new Set<string>()
  left = wordsAfter
  for (let i = index + 1; i < texts.length && left > 0; i++) {
    for (const word of (texts[i] ?? []).slice(0, left)) next.add(word)
    left -= texts[i]?.length ?? 0
  }
  return { said, next }
}

type ShapeInput = Pick<ScoreInput, 'facts' | 'turnWords' | 'known'> & { index: number }

/** The shape of talk around a sentence's end: who goes on, how long these sentences and turns are, what is asked. */
export function shapesAfter({ facts: { sentences }, turnWords, known, index }: ShapeInput): string[] {
  const [before, here, next, later] = [-1, 0, 1, 2].map((step) => sentences[index + step])
  if (here === undefined || next === undefined) return []
  const length = (sentence: typeof here | undefined) =>
    sentence === undefined ? 0 : sentence.lastWord - sentence.firstWord + 1
  const shapes = [
    `here ${sizeOf(length(here))}`,
    `next ${sizeOf(length(next))}`,
    `later ${sizeOf(length(later))}`,
    `before ${sizeOf(length(before))}`,
  ]
  if (endsInQuestion(here.text)) shapes.push('asks')
  if (endsInQuestion(next.text)) shapes.push('asks next')
  const pause = next.start - here.end
  if (pause > 1) shapes.push(pause > 8 ? 'break' : 'pause')
  if (!known.speakers) return shapes
  const turn = here.speaker !== next.speaker
  shapes.push(
    turn ? `turn ${sizeOf(turnWords[index + 1] ?? 0)}` : 'goes on',
    `turn of ${sizeOf(turnWords[index] ?? 0)}`,
    `turns before ${countTurns(sentences, index - 5, index)}`,
    `turns after ${countTurns(sentences, index + 1, index + 5)}`,
  )
  if (turn && before !== undefined && before.speaker === next.speaker) shapes.push('back')
  if (turn && later !== undefined && later.speaker === here.speaker) shapes.push('and back')
  if (turn && later !== undefined && later.speaker !== here.speaker && later.speaker !== next.speaker)
    shapes.push('third')
  return shapes
}

function countTurns(sentences: RecordingFacts['sentences'], from: number, to: number): number {
  let turns = 0
  for (let i = Math.max(1, from); i <= Math.min(to, sentences.length - 1); i++) {
    if (sentences[i]?.speaker !== sentences[i - 1]?.speaker) turns++
  }
  return turns
}

/** Number of words by powers of two: 1, 2, 4, … 64. */
function sizeOf(words: number): number {
  return words <= 0 ? 0 : 2 ** Math.min(6, Math.floor(Math.log2(words)))
}
