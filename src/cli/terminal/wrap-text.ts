import stringWidth from 'string-width'

/**
 * Text broken between words so that no line is wider than `width` columns. A word that is wider stays whole, and so does
 * a command between backticks that has room in a line of its own: it is there to be copied.
 */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of piecesOf(text, width)) {
    if (line !== '' && stringWidth(line + piece) > width) {
      lines.push(line)
      line = piece.trimStart()
    } else line += piece
  }
  return line === '' ? lines : [...lines, line]
}

/** Each with the blanks before it: a file name may have two in a row. */
function piecesOf(text: string, width: number): string[] {
  const pieces = text.match(/\s*(?:[^\s`]*`[^`]*`[^\s`]*|\S+)/g) ?? []
  return pieces.flatMap((piece) => (stringWidth(piece.trimStart()) <= width ? [piece] : (piece.match(/\s*\S+/g) ?? [])))
}
