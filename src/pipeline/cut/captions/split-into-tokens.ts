import { roundToMs } from '../../../domain/time-range.ts'
import { cleanText } from './clean-text.ts'
import type { ClipWord } from './clip-word.ts'

/** The least a caption is made of: what is lit up at once. Usually a word. */
export interface Token extends ClipWord {
  /** No space before it: it goes on from the token before. */
  glued: boolean
  /** Width in the unit of `widthOf`. */
  width: number
}

interface TokenRules {
  widthOf: (text: string) => number
  /** Words wider than this are cut into equal pieces, in the unit of `widthOf`. */
  widest: number
}

/** Two words can't be said at once; a word later by less than this (seconds) is shown this much later. */
const leastStep = 0.01

/**
 * Words as they are shown: cleaned, in order of time with strictly rising starts, one token a word. What has spaces
 * inside is split at them; scripts without spaces (Chinese, Japanese, Thai …) are split into words; what is too wide for a
 * line is cut; lone punctuation joins the word before. The time of a split word is shared out by length.
 */
export function splitIntoTokens(words: readonly ClipWord[], { widthOf, widest }: TokenRules): Token[] {
  const tokens: Token[] = []
  for (const word of inOrder(words)) {
    const previous = tokens.at(-1)
    const text = cleanText(word.text)
    if (text === '') continue
    if (previous !== undefined && isPunctuation(text)) {
      previous.text += /^[-–—&+*/=<>|~]/u.test(text) ? ` ${text}` : text
      previous.width = widthOf(previous.text)
      continue
    }
    const pieces = piecesOf(text, { widthOf, widest })
    tokens.push(...shareTime(word, pieces, widthOf))
  }
  return withRisingStarts(tokens)
}

function inOrder(words: readonly ClipWord[]): ClipWord[] {
  return words
    .filter(({ start, end }) => Number.isFinite(start) && Number.isFinite(end))
    .map((word) => ({ ...word, start: Math.max(0, word.start), end: Math.max(0, word.start, word.end) }))
    .sort((a, b) => a.start - b.start)
}

function isPunctuation(text: string): boolean {
  return /^[\p{P}\p{Sm}]+$/u.test(text)
}

interface Piece {
  text: string
  glued: boolean
}

function piecesOf(text: string, rules: TokenRules): Piece[] {
  return text.split(' ').flatMap((part) => {
    const pieces = withoutSpaces.test(part) ? splitByDictionary(part) : [part]
    return pieces.flatMap((piece) => cutIfTooWide(piece, rules)).map((piece, i) => ({ text: piece, glued: i > 0 }))
  })
}

const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

const dictionary = new Intl.Segmenter('und', { granularity: 'word' })

/** Splits into words; closing punctuation stays with what it closes, opening brackets with what they open. */
function splitByDictionary(text: string): string[] {
  const pieces: string[] = []
  let opening = ''
  for (const { segment } of dictionary.segment(text)) {
    if (/^[\p{Ps}\p{Pi}]+$/u.test(segment)) {
      opening += segment
    } else if (/^[\p{P}\p{S}\p{M}ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ]+$/u.test(segment) && pieces.length > 0) {
      pieces[pieces.length - 1] += opening + segment
      opening = ''
    } else {
      pieces.push(opening + segment)
      opening = ''
    }
  }
  if (opening !== '') pieces.push(opening)
  return pieces
}

const letters = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Cuts at whole letters (graphemes) into as few pieces of about the same length as fit; a hyphen shows the cut inside a word. */
function cutIfTooWide(text: string, { widthOf, widest }: TokenRules): string[] {
  if (widthOf(text) <= widest) return [text]
  const graphemes = Array.from(letters.segment(text), ({ segment }) => segment)
  for (let parts = Math.ceil(widthOf(text) / widest); parts < graphemes.length; parts += 1) {
    const pieces = cutEvenly(graphemes, parts)
    if (pieces.every((piece) => widthOf(piece) <= widest)) return pieces
  }
  return graphemes
}

function cutEvenly(graphemes: string[], parts: number): string[] {
  const cuts = Array.from({ length: parts }, (_, i) => {
    const border = (at: number) => Math.round((at * graphemes.length) / parts)
    return graphemes.slice(border(i), border(i + 1)).join('')
  })
  return cuts.map((cut, i) => (/\p{L}$/u.test(cut) && /^\p{Ll}/u.test(cuts[i + 1] ?? '') ? `${cut}-` : cut))
}

function shareTime(word: ClipWord, pieces: Piece[], widthOf: (text: string) => number): Token[] {
  const length = pieces.reduce((sum, { text }) => sum + text.length, 0)
  let said = 0
  return pieces.map(({ text, glued }) => {
    const start = word.start + ((word.end - word.start) * said) / length
    said += text.length
    const end = word.start + ((word.end - word.start) * said) / length
    return { text, glued, width: widthOf(text), start: roundToMs(start), end: roundToMs(end), speaker: word.speaker }
  })
}

function withRisingStarts(tokens: Token[]): Token[] {
  let least = 0
  return tokens.map((token) => {
    const start = roundToMs(Math.max(token.start, least))
    least = start + leastStep
    return { ...token, start, end: Math.max(start, token.end) }
  })
}
