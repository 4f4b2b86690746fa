import type { Known } from './known.ts'
import type { CountName, RecordingFacts } from './recording-facts.ts'
import type { Sentence } from './sentence.ts'
import { bare, plain } from './sentence-counts.ts'
import { laughterAfter, type WordWeights } from './word-scores.ts'

export type SignalName = CountName | 'laughter' | 'takes'

/** Signals of a recording over time. */
export interface PlaceSignals {
  /** Running sums over the sentences, one more than there are sentences. */
  sums: Readonly<Record<SignalName, Float64Array>>
  /** For each sentence, how likely a reaction is right after it, 0 to 1. */
  laughter: Float64Array
  /** Index of the sentence that is spoken at a time, with how far into it as its fraction. */
  indexAt: (time: number) => number
}

/** Parts of a show in which people are asked for what they would not say elsewhere. */
const asksForTakes =
  /(?<![\p{L}'])(?:unpopular (?:opinion|take)s?|(?:hot|spicy|cold) takes?|controversial (?:opinion|take|view)s?|guilty pleasures?|(?:rapid|quick)[- ]fire|lightning round|would you rather|two truths)(?![\p{L}'])/u

/** What of that is said first in a sentence; null when nothing of it is. */
export function takesAskedFor(sentence: Sentence): string | null {
  return asksForTakes.exec(plain(sentence.text))?.[0] ?? null
}

/** Weighs a recording sentence by sentence. Time grows with the number of words alone. */
export function placeSignals(facts: RecordingFacts, known: Known, weights: WordWeights): PlaceSignals {
  const { sentences } = facts
  const laughter = laughterAfter({ facts, texts: textsOf(facts), turnWords: turnWordsOf(sentences), known, weights })
  const takes = Float64Array.from(sentences, ({ text }) => (asksForTakes.test(plain(text)) ? 1 : 0))
  return {
    sums: { ...facts.sums, laughter: runningSum(laughter.expected), takes: runningSum(takes) },
    laughter: laughter.most,
    indexAt: (time) => indexAt(sentences, time),
  }
}

/** How much of a signal there is from one sentence index to another, fractions of sentences included. */
export function between(sums: Float64Array, from: number, to: number): number {
  return valueAt(sums, to) - valueAt(sums, from)
}

function valueAt(sums: Float64Array, index: number): number {
  const whole = Math.floor(index)
  const below = sums[whole] ?? 0
  return below + (index - whole) * ((sums[whole + 1] ?? below) - below)
}

/** The words of each sentence in small letters, without marks; what has a figure in it is `#`. */
export function textsOf({ sentences, words }: RecordingFacts): string[][] {
  return sentences.map(({ firstWord, lastWord }) => {
    const found: string[] = []
    for (let i = firstWord; i <= lastWord; i++) {
      const word = plain(bare(words[i]?.text ?? ''))
      if (word !== '') found.push(/\d/.test(word) ? '#' : word)
    }
    return found
  })
}

/** For each sentence, the words of the whole turn it belongs to. */
export function turnWordsOf(sentences: readonly Sentence[]): Float64Array {
  const lengths = new Float64Array(sentences.length)
  for (let i = 0; i < sentences.length; ) {
    let [end, words] = [i, 0]
    while (end < sentences.length && sentences[end]?.speaker === sentences[i]?.speaker) {
      words += (sentences[end]?.lastWord ?? 0) - (sentences[end]?.firstWord ?? 0) + 1
      end++
    }
    lengths.fill(words, i, end)
    i = end
  }
  return lengths
}

function runningSum(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (const [i, value] of values.entries()) sums[i + 1] = (sums[i] ?? 0) + value
  return sums
}

function indexAt(sentences: readonly Sentence[], time: number): number {
  let [low, high] = [0, sentences.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sentences[middle]?.start ?? 0) <= time) low = middle + 1
    else high = middle
  }
  const sentence = sentences[low - 1]
  if (sentence === undefined) return 0
  const until = sentences[low]?.start ?? sentence.end
  return low - 1 + (until > sentence.start ? Math.min(1, (time - sentence.start) / (until - sentence.start)) : 1)
}
