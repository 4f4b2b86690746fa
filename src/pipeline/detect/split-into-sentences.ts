import type { Segment } from '../../domain/transcript.ts'
import { endsSentence, hasEndMark } from './ends-sentence.ts'
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
 * A sentence ends at the marks of its script, where the speaker changes and at a long pause. Where no marks are written there are no
 * sentences to be read: there every segment's end and every clear pause is a border, and what still lasts long is split at its clauses.
 */
export function splitIntoSentences({ words, segments, maxSeconds, pieceSeconds }: SplitInput): SpokenSentences {
  const unmarked = withoutMarks(words)
  const sentences: Sentence[] = []
  let firstWord = 0
  for (let i = 0; i < words.length; i++) {
    const isUnmarked = unmarked[i] === 1
    if (i + 1 < words.length && !endsAt({ words, firstWord, index: i, isUnmarked })) continue
    const limits = isUnmarked
      ? { maxSeconds: Math.min(maxSeconds, longestUnmarked), pieceSeconds: Math.min(pieceSeconds, unmarkedPiece) }
      : { maxSeconds, pieceSeconds }
    sentences.push(...pieces({ words, segments, firstWord, lastWord: i, ...limits }))
    firstWord = i + 1
  }
  const isBrokenOff = ({ lastWord }: Sentence) => unmarked[lastWord] === 0 && !hasEndMark(words[lastWord]?.text ?? '')
  return inOrderOfStart(words, markBrokenOff(sentences, isBrokenOff))
}

/** Sentences in order of their start, and the words in the order of the sentences. */
export interface SpokenSentences {
  words: readonly SpokenWord[]
  sentences: readonly Sentence[]
}

// After more than this many remarks of others, or seconds, nobody goes on with the same sentence.
const mostRemarks = 3
const longestInterruption = 8

/**
 * Where sentences have marks, one without is broken off: no border to close on. Nor is it one to open on where the same person goes on, in
 * small letters, after a pause or a remark of somebody else ("I was going to" – "Mhm." – "say that").
 */
function markBrokenOff(sentences: readonly Sentence[], isBrokenOff: (sentence: Sentence) => boolean): Sentence[] {
  return sentences.map((sentence, i) => {
    const before = /^\p{Ll}/u.test(sentence.text) ? beforeOf(sentences, i) : undefined
    const opens = before !== undefined && isBrokenOff(before) ? 'clause' : sentence.opens
    const closes = isBrokenOff(sentence) ? 'clause' : sentence.closes
    return opens === sentence.opens && closes === sentence.closes ? sentence : { ...sentence, opens, closes }
  })
}

/** What the same person said just before; undefined when that is too long ago. */
function beforeOf(sentences: readonly Sentence[], index: number): Sentence | undefined {
  const here = sentences[index]
  for (let i = index - 1; i >= 0 && i >= index - 1 - mostRemarks; i--) {
    const before = sentences[i]
    if (here === undefined || before === undefined || here.start - before.end > longestInterruption) return undefined
    if (before.speaker === here.speaker) return before
  }
  return undefined
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
const pauseWithoutMarks = 0.6
// A sentence mark in 60 words is far below any written language and far above stray ones. A minute of speech without one is
// more than one sentence, also where the rest of the recording has marks.
const wordsForMark = 60
const longestStretch = 150
// Seconds. Without marks what is said in one breath counts as a sentence, up to the length of two written ones; longer is cut in phrases.
const longestUnmarked = 16
// Cues of a word or two are no sentences.
const shortestUnmarked = 1.5
const unmarkedPiece = 10

/** For each word, 1 where sentences have no marks: in the whole recording, or in a stretch of it. */
function withoutMarks(words: readonly SpokenWord[]): Uint8Array {
  const ends = words.flatMap((word, i) => (hasEndMark(word.text) ? [i] : []))
  if (ends.length * wordsForMark < words.length) return new Uint8Array(words.length).fill(1)
  const unmarked = new Uint8Array(words.length)
  let first = 0
  for (const end of [...ends, words.length - 1]) {
    if (end - first >= longestStretch) unmarked.fill(1, first, end + 1)
    first = end + 1
  }
  return unmarked
}

interface EndInput {
  words: readonly SpokenWord[]
  /** Of the sentence so far. */
  firstWord: number
  index: number
  isUnmarked: boolean
}

function endsAt({ words, firstWord, index, isUnmarked }: EndInput): boolean {
  const [word, next] = [words[index], words[index + 1]]
  if (word === undefined || next === undefined) return true
  if (next.speaker !== word.speaker) return true
  if (next.start - word.end > (isUnmarked ? pauseWithoutMarks : pauseInProse)) return true
  const seconds = word.end - (words[firstWord]?.start ?? 0)
  if (isUnmarked && next.segment !== word.segment && seconds >= shortestUnmarked) return true
  const before = index === firstWord ? undefined : words[index - 1]?.text
  return endsSentence({ word: word.text, before, next: next.text })
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
