import stringWidth from 'string-width'
import type { ClipWord } from './clip-word.ts'
import { groupWords, type Phrase, type PhraseRules } from './group-words.ts'
import { splitIntoTokens, type Token } from './split-into-tokens.ts'

/** A cue of a sidecar file; times in seconds from the clip's start. */
export interface Cue {
  start: number
  end: number
  /** One or two, of at most 42 columns; never empty. */
  lines: string[]
  speaker: string | null
}

const columns = 42

// The usual broadcast rules: two lines of 42, a second at least, seven at most.
const rules: PhraseRules = {
  lineWidth: columns,
  spaceWidth: 1,
  lettersPerLine: columns,
  mostFullness: 1,
  words: null,
  leastSeconds: 1,
  mostSeconds: 6.5,
  longestHold: 1,
  linger: 0.3,
}

/** Words as cues to be read at leisure: whole sentences where they fit, one speaker each, never overlapping. */
export function groupCues(words: readonly ClipWord[]): Cue[] {
  const tokens = splitIntoTokens(words, { widthOf: stringWidth, widest: columns })
  const phrases = turnsOf(tokens).flatMap((turn) => groupWords(turn, rules))
  return phrases.map((phrase, i) => ({
    start: phrase.start,
    end: endOf(phrase, phrases[i + 1]),
    lines: phrase.lines.map(writeLine),
    speaker: phrase.lines[0]?.[0]?.speaker ?? null,
  }))
}

function turnsOf(tokens: Token[]): Token[][] {
  const turns: Token[][] = []
  for (const token of tokens) {
    const turn = turns.at(-1)
    if (turn?.[0]?.speaker === token.speaker) turn.push(token)
    else turns.push([token])
  }
  return turns
}

/** Short silences are held over by the grouping; here only the next speaker and the seven seconds count. */
function endOf({ start, end }: Phrase, next: Phrase | undefined): number {
  const latest = Math.min(next?.start ?? Infinity, start + 7)
  return Math.max(start + 0.001, Math.min(end, latest))
}

function writeLine(line: Token[]): string {
  return line.map(({ text, glued }, i) => (glued || i === 0 ? text : ` ${text}`)).join('')
}
