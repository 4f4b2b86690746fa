/**
 * Word errors of what was heard against what was said: substitutions, insertions and deletions of the best alignment (Levenshtein,
 * 1966), over words without case and punctuation. WER is errors ÷ words.
 */
export function wordErrors(said: string, heard: string): { errors: number; words: number } {
  const [left, right] = [plainWords(said), plainWords(heard)]
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (const [i, word] of left.entries()) {
    const next = [i + 1]
    for (const [j, other] of right.entries()) {
      next.push(Math.min((row[j] ?? 0) + (word === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return { errors: row[right.length] ?? 0, words: left.length }
}

function plainWords(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’']/g, "'")
    .split(/[^\p{L}\p{M}\p{N}']+/u)
    .filter((word) => word !== '')
}
