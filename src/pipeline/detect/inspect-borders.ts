import type { TimeRange } from '../../domain/time-range.ts'
import type { Segment } from '../../domain/transcript.ts'
import { isReply, leaning, type OpeningSigns, openingSigns } from './find-opening.ts'
import type { Sentence } from './sentence.ts'
import { splitIntoSentences } from './split-into-sentences.ts'
import { type SpokenWord, spokenWords } from './spoken-words.ts'

/** What is wrong with the borders of one clip; all false and 0 when nothing is. */
export interface BorderFaults {
  /** The first word heard is not the first of a sentence, or the last not the last of one. */
  opensInside: boolean
  closesInside: boolean
  /** Seconds without a word before the first and after the last one. */
  silentBefore: number
  silentAfter: number
  /** It opens with the answer to a question that was left out. */
  answersAlone: boolean
  /** Its first sentence leans on what came before: "That's why he…", "And then…". */
  leans: boolean
}

/** How many of so many clips have each fault. */
export interface BorderReport {
  clips: number
  opensInside: number
  closesInside: number
  /** Clips with more than 0.3 s of silence at either end. */
  deadAir: number
  answersAlone: number
  leans: number
  /** One entry a clip, in the order given. */
  faults: BorderFaults[]
}

/** Seconds of silence that are room for a breath. */
const breath = 0.3
// Of rounding to ms, twice.
const slack = 0.002
// A question that was followed by a longer silence was not answered by what comes next.
const answerPause = 4

/**
 * Looks at where clips begin and end, from their times and the transcript alone: what whoever made them meant by it doesn't count. Sentences
 * are whole here however long they last, so that a clip cut from the middle of one is found. Pure.
 */
export function inspectBorders(
  clips: readonly TimeRange[],
  transcript: { segments: readonly Segment[] /** Seconds. */; duration: number },
): BorderReport {
  const { words, sentences } = splitIntoSentences({
    words: spokenWords(transcript),
    segments: transcript.segments,
    maxSeconds: Number.POSITIVE_INFINITY,
    pieceSeconds: Number.POSITIVE_INFINITY,
  })
  const context = { words, sentences, sentenceOf: sentenceOfWords(words, sentences), signs: openingSigns(sentences) }
  const faults = clips.map((clip) => faultsOf(clip, context))
  const count = (isFaulty: (fault: BorderFaults) => boolean) => faults.filter(isFaulty).length
  return {
    clips: clips.length,
    opensInside: count((fault) => fault.opensInside),
    closesInside: count((fault) => fault.closesInside),
    deadAir: count((fault) => Math.max(fault.silentBefore, fault.silentAfter) > breath + slack),
    answersAlone: count((fault) => fault.answersAlone),
    leans: count((fault) => fault.leans),
    faults,
  }
}

interface Context {
  words: readonly SpokenWord[]
  sentences: readonly Sentence[]
  /** For each word the index of its sentence. */
  sentenceOf: Int32Array
  signs: OpeningSigns
}

function sentenceOfWords(words: readonly SpokenWord[], sentences: readonly Sentence[]): Int32Array {
  const found = new Int32Array(words.length)
  for (const [i, { firstWord, lastWord }] of sentences.entries()) found.fill(i, firstWord, lastWord + 1)
  return found
}

function faultsOf(clip: TimeRange, { words, sentences, sentenceOf, signs }: Context): BorderFaults {
  // A word is heard when its middle is: half of it is understood. Where two talk at once, their words come in turns.
  const heard = words.flatMap((word, i) => {
    const middle = (word.start + word.end) / 2
    return middle >= clip.start && middle < clip.end ? [i] : []
  })
  const [first, last] = [heard[0], heard.at(-1)]
  if (first === undefined || last === undefined) return silent
  const opening = sentenceOf[first] ?? 0
  const begins = sentences[opening]
  const ends = sentences[sentenceOf[last] ?? 0]
  const before = sentences[opening - 1]
  const isNear = begins !== undefined && before !== undefined && begins.start - before.end <= answerPause
  return {
    opensInside: begins?.firstWord !== first || begins.opens === 'clause',
    closesInside: ends?.lastWord !== last || ends.closes === 'clause',
    silentBefore: Math.max(0, Math.min(...heard.map((i) => words[i]?.start ?? 0)) - clip.start),
    silentAfter: Math.max(0, clip.end - Math.max(...heard.map((i) => words[i]?.end ?? 0))),
    answersAlone:
      isNear && signs.asks[opening - 1] === 1 && signs.asks[opening] === 0 && isReply(sentences, signs, opening),
    leans: opening > 0 && isNear && (signs.lean[opening] ?? 0) >= leaning,
  }
}

const silent: BorderFaults = {
  opensInside: false,
  closesInside: false,
  silentBefore: 0,
  silentAfter: 0,
  answersAlone: false,
  leans: false,
}
