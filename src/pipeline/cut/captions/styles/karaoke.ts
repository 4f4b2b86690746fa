import { type AssEvent, type AssStyle, toCentiseconds } from '../ass-document.ts'
import { withTransparency } from '../caption-colours.ts'
import type { CaptionDesign, PlacedPhrase, Stage } from '../caption-design.ts'
import type { Token } from '../split-into-tokens.ts'
import { type Dress, directionOfLines, isMixed, writeLine } from '../write-line.ts'
import { wordByWord } from './rules.ts'
import { centredRow, outlined, penFor } from './shared.ts'

/** The words fill with colour from one side to the other while they are said; those that carry, with a second colour. */
export const karaoke: CaptionDesign = {
  version: '2',
  weight: 'extra-bold',
  scale: 1,
  place: 'low',
  height: 2.5,
  rules: wordByWord,
  draw: (phrases, stage) => ({
    styles: [karaokeStyle(stage)],
    events: phrases.flatMap((phrase) => drawPhrase(phrase, stage)),
  }),
}

function karaokeStyle(stage: Stage): AssStyle {
  const { accent, text } = stage.colours
  const colour = withTransparency(accent, 0)
  return { ...outlined('karaoke', stage), colour, secondary: withTransparency(text, 0) }
}

function drawPhrase(phrase: PlacedPhrase, stage: Stage): AssEvent[] {
  const base = directionOfLines(phrase.lines)
  const { colours } = stage
  const start = toCentiseconds(phrase.start)
  return phrase.lines.map((line, row) => {
    const fill = isMixed(line, base) ? switchAt(start, colours.text) : sweepFrom(start)
    const colourOf = (token: Token) => (stage.carries(token) ? colours.strong : colours.accent)
    const text = writeLine({
      tokens: line,
      base,
      pen: penFor(phrase, stage),
      dress: (token) => fill(token, colourOf(token)),
    })
    return {
      layer: row,
      start,
      end: toCentiseconds(phrase.end),
      style: 'karaoke',
      text: `{${centredRow(phrase, row, stage)}}${text}`,
    }
  })
}

type Fill = (token: Token, colour: string) => Dress

/** Fills a word from left to right; silence before it is a fill of nothing. */
function sweepFrom(eventStart: number): Fill {
  let filled = eventStart
  return (token, colour) => {
    const [start, end] = [
      toCentiseconds(token.start),
      Math.max(toCentiseconds(token.start) + 1, toCentiseconds(token.end)),
    ]
    const wait = start > filled ? `{\\k${start - filled}}` : ''
    const length = Math.max(1, end - Math.max(start, filled))
    filled = Math.max(start, filled) + length
    return { before: `${wait}{\\1c${colour}\\kf${length}}`, after: '' }
  }
}

/** libass fills from left to right only, and in the order of writing: right-to-left words change colour as a whole. */
function switchAt(eventStart: number, unsaid: string): Fill {
  return (token, colour) => {
    const at = 10 * (toCentiseconds(token.start) - eventStart)
    return { before: `{\\1c${unsaid}\\t(${at},${at + 10},\\1c${colour})}`, after: '' }
  }
}
