import type { FontMetrics } from '../captions/caption-font.ts'
import { splitIntoTokens } from '../captions/split-into-tokens.ts'

/** Lines of a title and the size of its letters (em), in pixels. */
export interface WrappedTitle {
  lines: string[]
  fontSize: number
}

interface Room {
  /** In pixels. */
  width: number
  mostLines: number
  /** Wanted and least size of the letters (em), in pixels. */
  fontSize: number
  leastFontSize: number
}

/** Sets a title as big as it fits; one that does not even fit small ends in `…`. */
export function wrapTitle(title: string, room: Room, font: FontMetrics): WrappedTitle {
  for (let fontSize = room.fontSize; fontSize >= room.leastFontSize; fontSize *= 0.94) {
    const lines = wrapEvenly(title, { ...room, width: room.width / fontSize }, font)
    if (lines.length <= room.mostLines) return { lines, fontSize }
  }
  const width = room.width / room.leastFontSize
  const lines = wrap(title, width, font).slice(0, room.mostLines)
  return { lines: [...lines.slice(0, -1), shorten(lines.at(-1) ?? '', width, font)], fontSize: room.leastFontSize }
}

/** As few lines as it takes, then as even as that number of lines allows. Widths in em. */
function wrapEvenly(title: string, { width }: Room, font: FontMetrics): string[] {
  const lines = wrap(title, width, font)
  for (let share = 0.5; share < 1; share += 0.05) {
    const narrower = wrap(title, width * share, font)
    const fits = narrower.every((line) => font.widthOf(line) <= width * share)
    if (narrower.length === lines.length && fits) return narrower
  }
  return lines
}

function wrap(title: string, width: number, font: FontMetrics): string[] {
  const lines: string[] = []
  for (const { text, glued } of splitIntoTokens([{ text: title, start: 0, end: 0, speaker: null }], {
    widthOf: font.widthOf,
    widest: width,
  })) {
    const last = lines.at(-1)
    const longer = `${last ?? ''}${glued ? '' : ' '}${text}`
    if (last !== undefined && font.widthOf(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(text)
  }
  return lines
}

function shorten(line: string, width: number, font: FontMetrics): string {
  const letters = Array.from(line)
  while (letters.length > 1 && font.widthOf(`${letters.join('')}…`) > width) letters.pop()
  return `${letters.join('').replace(/[\s,.;:–-]+$/u, '')}…`
}
