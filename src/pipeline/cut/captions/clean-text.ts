/**
 * A word as it may be shown: one line, composed letters (NFC: fonts rarely have the combining ones), without control
 * characters, bidi overrides (a transcript must not be able to turn a caption around), tags, private-use or broken
 * characters. Zero-width joiners stay: Persian and the Indic scripts are spelled with them.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\s\u2028\u2029\u0085]+/gu, ' ')
    .replace(/[^\P{C}\u200c\u200d]|\ufffd/gu, '')
    .trim()
}
