import { type AssEvent, round, toCentiseconds } from '../ass-document.ts'
import type { CaptionDesign, PlacedPhrase, Stage } from '../caption-design.ts'
import { directionOfLines, writeLine } from '../write-line.ts'
import { phraseByPhrase } from './rules.ts'
import { rectangle } from './shapes.ts'
import { emOf, leading, penFor, rowY, sizeTags, softShadowed } from './shared.ts'

/** Small letters at the side with a thin bar before them, a phrase at a time: for those who want to be read, not noticed. */
export const lowerThird: CaptionDesign = {
  version: '2',
  weight: 'semi-bold',
  scale: 0.66,
  place: 'low',
  height: 2.6,
  margin: 0.6,
  rules: phraseByPhrase,
  draw: (phrases, stage) => ({
    styles: [softShadowed('lower-third', stage)],
    events: phrases.flatMap((phrase) => drawPhrase(phrase, stage)),
  }),
}

/** Between bar and letters, in em. */
const gap = 0.55

function drawPhrase(phrase: PlacedPhrase, stage: Stage): AssEvent[] {
  const { look, colours } = stage
  const [base, em] = [directionOfLines(phrase.lines), emOf(phrase, stage)]
  const side = base === 'rtl' ? 1 : -1
  const edge = look.centre.x + (side * look.lineWidth) / 2
  const times = { start: toCentiseconds(phrase.start), end: toCentiseconds(phrase.end), style: 'lower-third' }
  const anchor = base === 'rtl' ? 6 : 4
  const lines = phrase.lines.map((line, row) => {
    const place = `\\an${anchor}\\pos(${round(edge)},${round(rowY(phrase, row, stage))})\\q2${sizeTags(phrase, stage)}`
    const text = writeLine({
      tokens: line,
      base,
      pen: penFor(phrase, stage),
      dress: (token) => ({ before: `{\\1c${stage.carries(token) ? colours.accent : colours.text}}`, after: '' }),
    })
    return { ...times, layer: 1 + row, text: `{${place}}${text}` }
  })
  const height = ((phrase.lines.length - 1) * leading + 0.95) * em
  const x = edge + side * gap * em - 0.05 * em
  const bar = rectangle({ x, y: phrase.y - height / 2, width: 0.1 * em, height }, { colour: colours.accent })
  return [{ ...times, layer: 0, text: bar }, ...lines]
}
