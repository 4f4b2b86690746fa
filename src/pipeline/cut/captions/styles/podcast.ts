import { type AssEvent, round, toCentiseconds } from '../ass-document.ts'
import type { CaptionDesign, PlacedPhrase, Stage } from '../caption-design.ts'
import { cleanText } from '../clean-text.ts'
import { directionOf } from '../visual-order.ts'
import { directionOfLines, type Pen, writeLine, writeMixedWord, writeWord } from '../write-line.ts'
import { phraseByPhrase } from './rules.ts'
import { rectangle } from './shapes.ts'
import { emOf, leading, penFor, softShadowed } from './shared.ts'

/** Between the card's edge and its text, in em. */
const padding = 0.75

/** A dark card with the speaker's name; the words turn white as they are said, those that carry yellow. */
export const podcast: CaptionDesign = {
  version: '2',
  weight: 'semi-bold',
  scale: 0.7,
  place: 'low',
  height: 5.1,
  margin: padding,
  rules: phraseByPhrase,
  draw: (phrases, stage) => {
    const named = phrases.some((phrase) => nameOf(phrase) !== '')
    return {
      styles: [{ ...softShadowed('podcast', stage), outline: 0, shadow: 0 }],
      events: phrases.flatMap((phrase, i) => drawPhrase(phrase, { stage, named, next: phrases[i + 1] })),
    }
  },
}

interface Card {
  stage: Stage
  /** Whether any phrase has a speaker's name, so that all cards are as high. */
  named: boolean
  next: PlacedPhrase | undefined
}

function drawPhrase(phrase: PlacedPhrase, { stage, named }: Card): AssEvent[] {
  const { look, colours } = stage
  const em = look.fontSize
  const base = directionOfLines(phrase.lines)
  const [start, end] = [toCentiseconds(phrase.start), toCentiseconds(phrase.end)]
  const common = { start, end, style: 'podcast' }
  const nameRow = named ? 1.15 * em : 0
  const height = 2 * padding * em + nameRow + 2 * leading * em
  const top = phrase.y - height / 2
  const left = look.centre.x - look.lineWidth / 2 - padding * em
  const width = look.lineWidth + 2 * padding * em
  const card = rectangle(
    { x: left, y: top, width, height },
    { colour: colours.card, transparency: 0x26, radius: 0.55 * em },
  )
  const edge = base === 'rtl' ? left + width - padding * em : left + padding * em
  const anchor = base === 'rtl' ? 6 : 4
  const place = (y: number) => `\\an${anchor}\\pos(${round(edge)},${round(y)})\\q2`
  const textTop = top + padding * em + nameRow + (2 - phrase.lines.length) * 0.5 * leading * em
  const pen: Pen = penFor(phrase, stage)
  const shrunk = phrase.fullness > 1 ? `\\fs${round(emOf(phrase, stage) * stage.fonts.lineHeight)}` : ''
  const lines = phrase.lines.map((line, row) => {
    const text = writeLine({
      tokens: line,
      base,
      pen,
      dress: (token) => {
        const said = stage.carries(token) ? colours.accentOnCard : colours.onCard
        const at = 10 * (toCentiseconds(token.start) - start)
        return {
          before: at > 0 ? `{\\1c${colours.dimOnCard}\\t(${at},${at + 10},\\1c${said})}` : `{\\1c${said}}`,
          after: '',
        }
      },
    })
    const y = textTop + (row + 0.5) * leading * em
    return { ...common, layer: 1 + row, text: `{${place(y)}${shrunk}}${text}` }
  })
  const name = stage.fonts.shows(nameOf(phrase)) ? nameOf(phrase) : ''
  if (name === '') return [{ ...common, layer: 0, text: card }, ...lines]
  const namePen: Pen = { fonts: stage.fonts, em: 0.72 * em }
  const nameText = `{${place(top + (padding + 0.4) * em)}\\fs${round(namePen.em * stage.fonts.lineHeight)}\\1c${colours.accentOnCard}}`
  return [
    { ...common, layer: 0, text: card },
    { ...common, layer: 3, text: nameText + writeName(name, namePen) },
    ...lines,
  ]
}

function writeName(name: string, pen: Pen): string {
  return directionOf(name) === 'rtl' ? writeMixedWord(name, 'rtl', pen) : writeWord(name, pen)
}

/** A long name is cut: it is a label, and must stay on its line. */
function nameOf(phrase: PlacedPhrase): string {
  const name = cleanText(phrase.lines[0]?.[0]?.speaker ?? '')
  const letters = Array.from(name)
  return letters.length > 32 ? `${letters.slice(0, 31).join('')}…` : name
}
