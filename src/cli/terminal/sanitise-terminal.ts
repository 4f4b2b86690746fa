import { stripVTControlCharacters } from 'node:util'

/**
 * Text from outside as one line that a terminal only shows. A file name may carry escape sequences that move the cursor,
 * rename the window or write to the clipboard, so each control character becomes its picture (ESC: ␛), visible and
 * harmless; characters that turn text round or have no width, which would break tables, go.
 */
export function sanitiseTerminal(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}/gu, pictureOf)
    .replace(/[\u2028\u2029]/g, ' ')
    .replace(/[\u200b\u200e\u200f\u061c\u2060-\u2069\u202a-\u202e\ufeff]/g, '')
}

/** A tool's output: as above, but its lines stay lines and its colours just go. */
export function sanitiseTerminalLines(text: string): string[] {
  return stripVTControlCharacters(text)
    .split(/\r\n|\n|\r/)
    .map((line) => sanitiseTerminal(line.replaceAll('\t', '  ')).trimEnd())
    .filter((line) => line !== '')
}

/** Control Pictures of Unicode: U+2400 and up mirror U+0000 to U+001F; DEL is U+2421; the second set has none. */
function pictureOf(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '\u2421' : '\ufffd'
}
