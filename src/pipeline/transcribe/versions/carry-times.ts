import type { Segment, Word } from '../../../domain/transcript.ts'
import { splitIntoSegments } from '../split-into-segments.ts'
import { matchWords } from './match-words.ts'
import { plainWord } from './plain-word.ts'
import { spreadOver } from './spread-over.ts'
import { CorrectionsDoNotMatch, TranscriptWouldBeEmpty } from './version-errors.ts'

/** A piece of corrected text: a cue, a paragraph. */
export interface EditedText {
  /** `undefined` where the format has no place for speakers: then those of before stay. */
  speaker: string | null | undefined
  words: string[]
}

export interface Carrying {
  segments: readonly Segment[]
  edited: readonly EditedText[]
  language: string | null
  /** Of the recording, in seconds. */
  duration: number
  /** Of the file, for messages. */
  name: string
}

/** Under this share of words in both, it is another text. */
const leastShared = 0.5
/** Seconds a new word may take from the silence around it. */
const secondsAWord = 0.35

/**
 * A corrected text with the times of the words it had: unchanged words keep theirs, changed ones share the time of those they stand
 * for, new ones take from the pause around them.
 * @throws CorrectionsDoNotMatch | TranscriptWouldBeEmpty
 */
export function carryTimes({ segments, edited, language, duration, name }: Carrying): {
  segments: Segment[]
  /** Words that are new, changed, or gone. */
  changes: number
} {
  const old = segments.flatMap(({ words, speaker }) => words.map((word) => ({ word, speaker })))
  const pieces = edited.flatMap(({ words, speaker }) => words.map((text) => ({ text, speaker })))
  if (pieces.length === 0) throw new TranscriptWouldBeEmpty()
  const matches = matchWords(
    old.map(({ word }) => plainWord(word.text)),
    pieces.map(({ text }) => plainWord(text)),
  )
  const shared = matches.reduce((sum, match) => sum + (match === -1 ? 0 : 1), 0)
  const share = shared / Math.max(old.length, pieces.length)
  if (share < leastShared) throw new CorrectionsDoNotMatch(name, share)

  const turns: { speaker: string | null; words: Word[] }[] = []
  let changes = old.length - shared
  const add = (speaker: string | null, word: Word) => {
    const turn = turns.at(-1)
    if (turn && turn.speaker === speaker) turn.words.push(word)
    else turns.push({ speaker, words: [word] })
  }
  for (let j = 0; j < pieces.length; ) {
    const match = matches[j] ?? -1
    const [piece, before] = [pieces[j], old[match]]
    if (piece && before) {
      if (piece.text !== before.word.text) changes++
      add(piece.speaker === undefined ? before.speaker : piece.speaker, { ...before.word, text: piece.text })
      j++
      continue
    }
    let to = j
    while (to < pieces.length && matches[to] === -1) to++
    const from = j === 0 ? -1 : (matches[j - 1] ?? -1)
    const until = to < pieces.length ? (matches[to] ?? old.length) : old.length
    const gone = old.slice(from + 1, until)
    const texts = pieces.slice(j, to)
    changes += Math.max(0, texts.length - gone.length)
    const words = timesFor({
      texts: texts.map(({ text }) => text),
      gone: gone.map(({ word }) => word),
      before: old[from]?.word,
      after: old[until]?.word,
      duration,
    })
    for (const [k, word] of words.entries()) {
      const given = texts[k]?.speaker
      add(given === undefined ? (gone[k]?.speaker ?? old[from]?.speaker ?? old[until]?.speaker ?? null) : given, word)
    }
    j = to
  }
  return { segments: splitIntoSegments(turns, { language }), changes }
}

interface NewWords {
  texts: string[]
  /** The words they stand for. */
  gone: Word[]
  before: Word | undefined
  after: Word | undefined
  duration: number
}

function timesFor({ texts, gone, before, after, duration }: NewWords): Word[] {
  if (gone.length === texts.length)
    return gone.map((word, k) => ({ ...word, text: texts[k] ?? word.text, confidence: null }))
  const [first, last] = [gone[0], gone.at(-1)]
  if (first && last) return spreadOver(texts, { start: first.start, end: last.end }, 'estimated')
  const start = before?.end ?? Math.max(0, (after?.start ?? 0) - texts.length * secondsAWord)
  const end = Math.min(after?.start ?? duration, start + texts.length * secondsAWord)
  return spreadOver(texts, { start, end: Math.max(start, end) }, 'estimated')
}
