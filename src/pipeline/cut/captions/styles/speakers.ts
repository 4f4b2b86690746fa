import { type AssEvent } from '../ass-document.ts'
import type { CaptionDesign, PlacedPhrase, Stage } from '../caption-design.ts'
import { litStates } from '../lit-states.ts'
import type { Token } from '../split-into-tokens.ts'
import { directionOfLines, writeLine } from '../write-line.ts'
import { wordByWord } from './rules.ts'
import { centredRow, outlined, penFor } from './shared.ts'

/** Each speaker has a colour; the word being said is white. */
export const speakers: CaptionDesign = {
  version: '1',
  weight: 'extra-bold',
  scale: 0.94,
  place: 'low',
  height: 2.5,
  rules: wordByWord,
  draw: (phrases, stage) => ({
    styles: [outlined('speakers', stage)],
    events: phrases.flatMap((phrase) => drawPhrase(phrase, stage)),
  }),
}

function drawPhrase(phrase: PlacedPhrase, stage: Stage): AssEvent[] {
  const [base, pen] = [directionOfLines(phrase.lines), penFor(phrase, stage)]
  return litStates(phrase).map(({ row, line, lit, start, end }) => {
    const text = writeLine({
      tokens: line,
      base,
      pen,
      dress: (token) => ({ before: `{\\1c${token === lit ? stage.colours.text : colourOf(token, stage)}}`, after: '' }),
    })
    return { layer: row, start, end, style: 'speakers', text: `{${centredRow(phrase, row, stage)}}${text}` }
  })
}

function colourOf({ speaker }: Token, stage: Stage): string {
  const at = speaker === null ? 0 : Math.max(0, stage.speakers.indexOf(speaker))
  const { speakers: its, accent } = stage.colours
  return its[at % its.length] ?? accent
}
