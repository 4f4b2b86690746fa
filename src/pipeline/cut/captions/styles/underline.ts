import { type AssEvent } from '../ass-document.ts'
import type { CaptionDesign, PlacedPhrase, Stage } from '../caption-design.ts'
import { litStates } from '../lit-states.ts'
import { directionOfLines, writeLine } from '../write-line.ts'
import { type Ghost, ghostEvent, ghostStyles } from './ghost.ts'
import { wordByWord } from './rules.ts'
import { centredRow, outlined, penFor } from './shared.ts'

function barOf({ colours }: Stage): Ghost {
  return { colour: colours.accent, height: 0.12, rise: -0.24, padding: 0.02 }
}

/** A bar runs along under the words; those that carry are yellow. */
export const underline: CaptionDesign = {
  version: '2',
  weight: 'extra-bold',
  scale: 0.94,
  place: 'low',
  height: 2.6,
  rules: wordByWord,
  draw: (phrases, stage) => ({
    styles: [outlined('underline', stage), ...ghostStyles(barOf(stage), stage)],
    events: phrases.flatMap((phrase) => drawPhrase(phrase, stage)),
  }),
}

function drawPhrase(phrase: PlacedPhrase, stage: Stage): AssEvent[] {
  const [base, pen] = [directionOfLines(phrase.lines), penFor(phrase, stage)]
  const { colours } = stage
  return litStates(phrase).flatMap((state) => {
    const { row, line, start, end } = state
    const text = writeLine({
      tokens: line,
      base,
      pen,
      dress: (token) => ({ before: `{\\1c${stage.carries(token) ? colours.accent : colours.text}}`, after: '' }),
    })
    const letters = {
      layer: 1 + row,
      start,
      end,
      style: 'underline',
      text: `{${centredRow(phrase, row, stage)}}${text}`,
    }
    return [letters, ghostEvent({ phrase, state, ghost: barOf(stage), stage })].filter((event) => event !== null)
  })
}
