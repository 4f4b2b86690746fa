import { leanOf } from './find-opening.ts'
import type { Sentence } from './sentence.ts'
import { endsInQuestion, matchesOf, opensWithReaction, plain } from './sentence-counts.ts'
import { isUnspaced } from './split-into-tokens.ts'
import { trailsOff } from './trails-off.ts'
import { fillerWords, topicCue } from './vocabulary.ts'

/** How well moments begin and end at each sentence of a recording; a border counts about 1 when it is a good one. */
export interface Borders {
  /** How clearly something new begins with a sentence, about 0 to 2; one value more than sentences, the last for the end. */
  fresh: Float64Array
  /** How well a moment opens with a sentence, about −2 to 2. */
  opening: Float64Array
  /** How well a moment closes with a sentence, about −2 to 2. */
  closing: Float64Array
}

interface Context {
  sentences: readonly Sentence[]
  signs: readonly Signs[]
  /** How much the words change before each sentence, 0 to 1. */
  shifts: Float64Array
}

// After this many seconds of pause a listener knows that something has ended.
const clearPause = 1.2
// Across this many seconds nobody waits for an answer or a laugh.
const forgotten = 2

/**
 * Weighs every place where a moment could begin or end. Something new begins after a pause, where the words change, with a question or
 * with a cue such as "Now,". A moment opens well there, unless it leans on what was before, answers a question left outside, or is filler or
 * housekeeping; it closes well before one, best on a reaction or a short last word, never on a question or just before its laugh.
 * The amounts are set by hand: one clear sign is worth about half a border, one clear fault takes the border away.
 */
export function bordersOf(sentences: readonly Sentence[], shifts: Float64Array): Borders {
  const context = { sentences, signs: sentences.map(signsOf), shifts }
  // The end of the recording ends everything.
  const fresh = Float64Array.from({ length: sentences.length + 1 }, (_, i) =>
    i === sentences.length ? 1 : freshAt(context, i),
  )
  return {
    fresh,
    opening: Float64Array.from(sentences, (_, i) => (fresh[i] ?? 0) + openingAt(context, i)),
    closing: Float64Array.from(
      sentences,
      // A sentence with which something new begins is no end, however good the place after it.
      (_, i) => (fresh[i + 1] ?? 0) - Math.max(0, fresh[i] ?? 0) / 2 + closingAt(context, i),
    ),
  }
}

interface Signs {
  words: number
  /** Asks the others something: a question, unless quoted. */
  asks: boolean
  isQuestion: boolean
  /** A short exclamation or "Oh wow": what laughter looks like in a transcript. */
  reacts: boolean
  /** Nothing but "All right." or "Anyway." */
  isFiller: boolean
  hasCue: boolean
  setsScene: boolean
  isHousekeeping: boolean
  lean: number
  /** How much it ends in the middle of a thought, 0 to 1. */
  trailsOff: number
}

// More words than this are a statement rather than a laugh.
const reactionWords = 6

function signsOf(sentence: Sentence): Signs {
  const text = plain(sentence.text)
  const words = text.replaceAll('all right', 'alright').match(/[\p{L}\p{M}\p{N}']+/gu) ?? []
  // Between blanks there may be a whole sentence, where words are written without them.
  const count = isUnspaced(text) ? sentence.lastWord - sentence.firstWord + 1 : words.length
  return {
    words: count,
    asks: endsInQuestion(text) && !/[\p{Pe}\p{Pf}"']\s*$/u.test(text) && count > 3,
    isQuestion: endsInQuestion(text),
    reacts: count <= reactionWords && (opensWithReaction(sentence) || /[!！]["'”’]*$/u.test(text)),
    isFiller: words.length > 0 && words.every((word) => fillerWords.has(word)),
    hasCue: topicCue.test(text),
    setsScene: matchesOf('story', text).length + matchesOf('hook', text).length > 0,
    isHousekeeping: matchesOf('housekeeping', text).length > 0,
    lean: leanOf(sentence),
    trailsOff: trailsOff(sentence.text),
  }
}

function freshAt({ sentences, signs, shifts }: Context, i: number): number {
  const [here, before] = [signs[i], signs[i - 1]]
  if (here === undefined) return 0
  if (before === undefined) return 1
  // "All right." and then the question: what filler announces begins with it, and again after it.
  const isAnnounced = before.isFiller && !isTurn(sentences, i)
  const pause = Math.max(pauseBefore(sentences, i), isAnnounced ? pauseBefore(sentences, i - 1) : 0)
  const cue = here.hasCue || (isAnnounced && before.hasCue) ? 0.35 : 0
  const question = here.asks && !before.asks ? 0.35 : 0
  const goesOn = here.lean >= 1 ? 0.3 * (1 - pause) : 0
  return 0.5 * pause + 0.6 * (shifts[i] ?? 0) + question + cue - goesOn
}

function openingAt({ sentences, signs }: Context, i: number): number {
  const [here, before] = [signs[i], signs[i - 1]]
  if (here === undefined) return 0
  const turn = i > 0 && isTurn(sentences, i)
  const isReply = before?.isQuestion === true || (turn && here.words <= 3)
  return (
    (here.setsScene ? 0.3 : 0) +
    (turn ? 0.1 : 0) -
    0.8 * here.lean -
    (isReply ? 0.8 : 0) -
    (here.isFiller ? 0.4 : 0) -
    (here.isHousekeeping ? 1 : 0)
  )
}

function closingAt({ sentences, signs }: Context, i: number): number {
  const [here, next, last, after] = [signs[i], signs[i + 1], sentences[i], sentences[i + 1]]
  if (here === undefined || last === undefined) return 0
  const turn = after !== undefined && isTurn(sentences, i + 1)
  const isSoon = after !== undefined && after.start - last.end < forgotten
  const isPayoff = here.reacts || signs[i - 1]?.reacts === true
  return (
    (turn ? 0.15 : 0) +
    (here.words <= 8 ? 0.15 : 0) +
    (isPayoff ? 0.25 : 0) -
    (last.closes === 'clause' ? 1 : 0) -
    here.trailsOff -
    (here.isQuestion && (isSoon || after === undefined) ? 1 : 0) -
    (isSoon && turn && next?.reacts === true ? 0.3 : 0) -
    (turn ? 0 : 0.5 * (next?.lean ?? 0) * (1 - pauseBefore(sentences, i + 1))) -
    (here.isFiller && !here.reacts ? 0.4 : 0) -
    (here.isHousekeeping ? 1 : 0)
  )
}

function isTurn(sentences: readonly Sentence[], i: number): boolean {
  return sentences[i]?.speaker !== sentences[i - 1]?.speaker
}

/** 0 to 1, where 1 is a pause that nobody misses. */
function pauseBefore(sentences: readonly Sentence[], i: number): number {
  const [before, here] = [sentences[i - 1], sentences[i]]
  if (before === undefined || here === undefined) return 1
  return Math.min(1, Math.max(0, here.start - before.end) / clearPause)
}
