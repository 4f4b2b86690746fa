import { type AssEvent } from '../ass-document.ts'
import type { CaptionDesign, PlacedPhrase, Stage } from '../caption-design.ts'
import { litStates } from '../lit-states.ts'
import type { Token } from '../split-into-tokens.ts'
import { directionOfLines, writeLine } from '../write-line.ts'
import { wordByWord } from './rules.ts'
import { accent, centredRow, outlined, penFor, white } from './shared.ts'

/** Yellow and blue stay apart for every kind of colour blindness; more than two voices are rare in a clip. */
const colours = [accent, '&HFFC85A&', '&H9AF27C&', '&HC09BFF&']

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
      dress: (token) => ({ before: `{\\1c${token === lit ? white : colourOf(token, stage)}}`, after: '' }),
    })
    return { layer: row, start, end, style: 'speakers', text: `{${centredRow(phrase, row, stage)}}${text}` }
  })
}

function colourOf({ speaker }: Token, stage: Stage): string {
  const at = speaker === null ? 0 : Math.max(0, stage.speakers.indexOf(speaker))
  return colours[at % colours.length] ?? accent
}
