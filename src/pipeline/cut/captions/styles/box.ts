import { type AssEvent } from '../ass-document.ts'
import type { CaptionDesign, PlacedPhrase, Stage } from '../caption-design.ts'
import { litStates } from '../lit-states.ts'
import type { Token } from '../split-into-tokens.ts'
import { directionOfLines, writeLine } from '../write-line.ts'
import { type Ghost, ghostEvent, ghostStyles } from './ghost.ts'
import { wordByWord } from './rules.ts'
import { centredRow, outlined, penFor } from './shared.ts'

function shapeOf({ colours }: Stage): Ghost {
  return { colour: colours.ground, height: 1.16, rise: 0.32, padding: 0.13 }
}

/** The word being said stands in a coloured box; the words that carry are yellow. */
export const box: CaptionDesign = {
  version: '2',
  weight: 'extra-bold',
  scale: 1,
  place: 'low',
  height: 2.5,
  rules: wordByWord,
  draw: (phrases, stage) => ({
    styles: [outlined('box', stage), ...ghostStyles(shapeOf(stage), stage)],
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
      dress: (token) => ({ before: `{${token === lit ? onGround(stage) : besides(token, stage)}}`, after: '' }),
    })
    const letters = { layer: 1 + row, start, end, style: 'box', text: `{${centredRow(phrase, row, stage)}}${text}` }
    return [ghostEvent({ phrase, state, ghost: shapeOf(stage), stage }), letters].filter((event) => event !== null)
  })
}

/** Letters that can't have the usual colour on this ground lose their edge too: it would be of theirs. */
function onGround({ colours }: Stage): string {
  if (colours.onGround === colours.text) return `\\1c${colours.text}`
  return `\\1c${colours.onGround}\\3c${colours.ground}`
}

function besides(token: Token, { colours, carries }: Stage): string {
  const letters = `\\1c${carries(token) ? colours.accent : colours.text}`
  return colours.onGround === colours.text ? letters : `${letters}\\3c${colours.edge}`
}
