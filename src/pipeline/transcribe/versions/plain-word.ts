/** A word as it is compared: without punctuation, capitals and accents that some keyboards lack. */
export function plainWord(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
  // A sign alone (&, %, ♪) is compared as it is.
  return plain === '' ? text.trim() : plain
}
