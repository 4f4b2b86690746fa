import { styleText } from 'node:util'

type Colour = (text: string) => string

export interface Paint {
  good: Colour
  bad: Colour
  warn: Colour
  accent: Colour
  dim: Colour
  bold: Colour
}

const plain: Colour = (text) => text

/** Colours for a terminal, or none at all. */
export function createPaint(color: boolean): Paint {
  const style = (format: Parameters<typeof styleText>[0]): Colour =>
    color ? (text) => styleText(format, text, { validateStream: false }) : plain
  return {
    good: style('green'),
    bad: style('red'),
    warn: style('yellow'),
    accent: style('cyan'),
    dim: style('dim'),
    bold: style('bold'),
  }
}

/**
 * Whether to colour what goes to this stream: a terminal that can. Node asks NO_COLOR (https://no-color.org), FORCE_COLOR
 * and TERM itself.
 */
export function shouldColour(stream: { isTTY?: boolean; hasColors?: () => boolean }): boolean {
  return stream.isTTY === true && stream.hasColors?.() === true
}
