import { type AssEvent, toCentiseconds } from '../ass-document.ts'
import type { CaptionDesign, PlacedPhrase, Stage } from '../caption-design.ts'
import { readingSpeed } from '../reading-speed.ts'
import { directionOfLines, writeLine } from '../write-line.ts'
import { centredRow, outlined, penFor } from './shared.ts'

/** One to three words at once, as big as they fit, in the middle; each appears when it is said. */
export const bigCentre: CaptionDesign = {
  version: '2',
  weight: 'black',
  scale: 1.55,
  place: 'middle',
  capitals: true,
  height: 2.5,
  rules: {
    mostFullness: 1.1,
    words: { least: 1, most: 3 },
    leastSeconds: 0.5,
    mostSeconds: 2,
    longestHold: 0.6,
    linger: 0.3,
    lineTie: 0.6,
    readingSpeed,
  },
  draw: (phrases, stage) => ({
    styles: [outlined('big', stage)],
    events: phrases.flatMap((phrase) => drawPhrase(phrase, stage)),
  }),
}

/** How long a word takes to be all there, milliseconds: under two frames. */
const appearing = 60

function drawPhrase(phrase: PlacedPhrase, stage: Stage): AssEvent[] {
  const base = directionOfLines(phrase.lines)
  const { colours } = stage
  const start = toCentiseconds(phrase.start)
  return phrase.lines.map((line, row) => {
    const text = writeLine({
      tokens: line,
      base,
      pen: penFor(phrase, stage),
      dress: (token) => {
        const at = 10 * (toCentiseconds(token.start) - start)
        const unseen = at > 0 ? `\\alpha&HFF&\\t(${at},${at + appearing},\\alpha&H00&)` : '\\alpha&H00&'
        return { before: `{\\1c${stage.carries(token) ? colours.accent : colours.text}${unseen}}`, after: '' }
      },
    })
    // The shadow of a word not yet seen would show first, so there is none.
    const tags = `${centredRow(phrase, row, stage)}\\shad0`
    return { layer: row, start, end: toCentiseconds(phrase.end), style: 'big', text: `{${tags}}${text}` }
  })
}
