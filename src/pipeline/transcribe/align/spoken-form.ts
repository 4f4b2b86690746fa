/** What of a written word is said: no quotation marks, brackets or full stops, which a synthesiser might read out or pause at. */
export function spokenForm(word: string): string {
  return word
    .normalize('NFC')
    .replaceAll('’', "'")
    .replace(/[^\p{L}\p{M}\p{N}'.,:%&+$€£°@/-]/gu, ' ')
    .replace(/^[^\p{L}\p{N}$€£]+|[^\p{L}\p{M}\p{N}%€£°+]+$/gu, '')
    .trim()
}
