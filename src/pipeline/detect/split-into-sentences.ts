import type { Segment } from '../../domain/transcript.ts'
import type { Sentence } from './sentence.ts'
import { splitAtClauses } from './split-at-clauses.ts'
import { type SpokenWord, textBetween } from './spoken-words.ts'

interface SplitInput {
  words: readonly SpokenWord[]
  segments: readonly Segment[]
  /** Sentences longer than this many seconds are split at their clauses. */
  maxSeconds: number
  /** Seconds that the pieces of such a sentence may last. */
  pieceSeconds: number
}

/**
 * Sentences of a recording, whatever its segments are: one segment may hold several, and caption cues that break off are joined.
 * A sentence ends at `. ! ? … 。！？؟ ।`, where the speaker changes and at a long pause. A transcript without punctuation has no
 * sentences to be read, so there every segment's end and every clear pause is a border.
 */
export function splitIntoSentences({ words, segments, maxSeconds, pieceSeconds }: SplitInput): SpokenSentences {
  const pauseBorder = isPunctuated(words) ? pauseInProse : pauseWithoutPunctuation
  const sentences: Sentence[] = []
  let firstWord = 0
  for (let i = 0; i < words.length; i++) {
    if (i + 1 < words.length && !endsSentence({ words, index: i, pauseBorder })) continue
    sentences.push(...pieces({ words, segments, firstWord, lastWord: i, maxSeconds, pieceSeconds }))
    firstWord = i + 1
  }
  return inOrderOfStart(words, sentences)
}

/** Sentences in order of their start, and the words in the order of the sentences. */
export interface SpokenSentences {
  words: readonly SpokenWord[]
  sentences: readonly Sentence[]
}

/** People who talk at the same time come in segments that overlap: their sentences are put in the order in which they begin. */
function inOrderOfStart(words: readonly SpokenWord[], sentences: Sentence[]): SpokenSentences {
  if (sentences.every((sentence, i) => sentence.start >= (sentences[i - 1]?.start ?? 0))) return { words, sentences }
  const ordered: SpokenWord[] = []
  const moved = sentences
    .toSorted((a, b) => a.start - b.start || a.firstWord - b.firstWord)
    .map((sentence) => {
      const firstWord = ordered.length
      for (let i = sentence.firstWord; i <= sentence.lastWord; i++) ordered.push(words[i] as SpokenWord)
      return { ...sentence, firstWord, lastWord: ordered.length - 1 }
    })
  return { words: ordered, sentences: moved }
}

// People pause for three seconds inside a sentence for effect; after four they have finished or been interrupted.
const pauseInProse = 4
// Recognisers without punctuation break at breaths; shorter gaps than this fall inside phrases.
const pauseWithoutPunctuation = 0.6

/** Whether sentence marks come at least once in 60 words, far below any written language and far above stray ones. */
function isPunctuated(words: readonly SpokenWord[]): boolean {
  const marks = words.reduce((sum, word) => sum + (sentenceEnd.test(word.text) ? 1 : 0), 0)
  return marks * 60 >= words.length
}

const sentenceEnd = /[.!?…。！？؟।۔।][\])}"'”’»」』]*$/u
const abbreviation =
  /^(?:\p{L}|(?:\p{L}\.)+\p{L}?|mr|mrs|ms|dr|prof|st|vs|etc|jr|sr|inc|ltd|no|approx|z\.b|bzw|ca|p\.ej|sra?|núm)\.$/iu

function endsSentence({
  words,
  index,
  pauseBorder,
}: {
  words: readonly SpokenWord[]
  index: number
  pauseBorder: number
}): boolean {
  const word = words[index]
  const next = words[index + 1]
  if (word === undefined || next === undefined) return true
  if (next.speaker !== word.speaker) return true
  if (next.start - word.end > pauseBorder) return true
  if (pauseBorder === pauseWithoutPunctuation && next.segment !== word.segment) return true
  if (!sentenceEnd.test(word.text) || abbreviation.test(word.text)) return false
  // "He was… well, late": dots inside a sentence go on with a small letter.
  return !(/(?:\.\.|…)["'”’]*$/u.test(word.text) && /^\p{Ll}/u.test(next.text))
}

interface PieceInput extends SplitInput {
  firstWord: number
  lastWord: number
}

function pieces({ words, segments, firstWord, lastWord, maxSeconds, pieceSeconds }: PieceInput): Sentence[] {
  const whole = { first: firstWord, last: lastWord }
  const spans = splitAtClauses({ words, span: whole, maxSeconds, pieceSeconds })
  return spans.map(({ first, last }, i) => ({
    firstWord: first,
    lastWord: last,
    start: words[first]?.start ?? 0,
    end: latestEnd(words, first, last),
    speaker: words[first]?.speaker ?? null,
    text: textBetween(words, segments, { first, last }),
    opens: i === 0 ? 'sentence' : 'clause',
    closes: i === spans.length - 1 ? 'sentence' : 'clause',
  }))
}

function latestEnd(words: readonly SpokenWord[], first: number, last: number): number {
  let end = 0
  for (let i = first; i <= last; i++) end = Math.max(end, words[i]?.end ?? 0)
  return end
}
