import { type AssEvent } from '../ass-document.ts'
import type { CaptionDesign, PlacedPhrase, Stage } from '../caption-design.ts'
import { litStates } from '../lit-states.ts'
import { directionOfLines, writeLine } from '../write-line.ts'
import { type Ghost, ghostEvent, ghostStyles } from './ghost.ts'
import { wordByWord } from './rules.ts'
import { accent, centredRow, ground, outlined, penFor, white } from './shared.ts'

const shape: Ghost = { colour: ground, height: 1.16, rise: 0.32, padding: 0.13 }

/** The word being said stands in a coloured box; the words that carry are yellow. */
export const box: CaptionDesign = {
  version: '1',
  weight: 'extra-bold',
  scale: 1,
  place: 'low',
  height: 2.5,
  rules: wordByWord,
  draw: (phrases, stage) => ({
    styles: [outlined('box', stage), ...ghostStyles(shape, stage)],
    events: phrases.flatMap((phrase) => drawPhrase(phrase, stage)),
  }),
}

function drawPhrase(phrase: PlacedPhrase, stage: Stage): AssEvent[] {
  const [base, pen] = [directionOfLines(phrase.lines), penFor(phrase, stage)]
  return litStates(phrase).flatMap((state) => {
    const { row, line, lit, start, end } = state
    const text = writeLine({
      tokens: line,
      base,
      pen,
      // Tags for every word, also those that stay white: a tag ends kerning, and each event must be set the same.
      dress: (token) => ({ before: `{\\1c${token !== lit && stage.carries(token) ? accent : white}}`, after: '' }),
    })
    const letters = { layer: 1 + row, start, end, style: 'box', text: `{${centredRow(phrase, row, stage)}}${text}` }
    return [ghostEvent({ phrase, state, ghost: shape, stage }), letters].filter((event) => event !== null)
  })
}
