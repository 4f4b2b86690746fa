/**
 * Text for the Text field of an ASS event. libass knows `\{` and `\}`, but has no escape for a backslash: an invisible
 * word joiner after it keeps it from being read with the letter that follows (ffmpeg's own subtitle decoders do the same).
 */
export function escapeAss(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('\\', '\\\u2060')
    .replaceAll('{', '\\{')
    .replaceAll('}', '\\}')
}
