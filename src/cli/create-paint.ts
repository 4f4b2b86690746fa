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

/** Whether to colour: a terminal that can, unless NO_COLOR says otherwise (https://no-color.org: any value but empty). */
export function wantsColor({
  isTerminal,
  environment,
}: {
  isTerminal: boolean
  environment: { NO_COLOR?: string | undefined; TERM?: string | undefined }
}): boolean {
  const refused = environment.NO_COLOR !== undefined && environment.NO_COLOR !== ''
  return isTerminal && !refused && environment.TERM !== 'dumb'
}
