import stringWidth from 'string-width'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Text cut to `width` terminal columns, with `…` where something is missing; never half of an emoji or of a wide letter. */
export function fitText(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  if (width < 1) return ''
  let fitted = ''
  let used = 0
  for (const { segment } of graphemes.segment(text)) {
    const next = used + stringWidth(segment)
    if (next > width - 1) break
    fitted += segment
    used = next
  }
  return `${fitted.trimEnd()}…`
}

/** As `fitText`, but keeps the end as well: a file name tells most at its two ends. */
export function fitMiddle(text: string, width: number): string {
  if (stringWidth(text) <= width || width < 12) return fitText(text, width)
  const tail = lastColumns(text, Math.floor(width / 3))
  return fitText(text, width - stringWidth(tail)) + tail
}

/** Text filled up with spaces to exactly `width` columns, or cut to it. */
export function padText(text: string, width: number): string {
  const fitted = fitText(text, width)
  return fitted + ' '.repeat(Math.max(0, width - stringWidth(fitted)))
}

function lastColumns(text: string, width: number): string {
  let tail = ''
  for (const { segment } of [...graphemes.segment(text)].reverse()) {
    if (stringWidth(segment + tail) > width) break
    tail = segment + tail
  }
  return tail
}
