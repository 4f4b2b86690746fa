/**
 * The speakers that a question names ("What did Professor B say about …?"), by the words of their labels; a word that many labels share
 * names nobody. Empty when none is named.
 */
export function findSpeakers(words: readonly string[], speakers: readonly string[]): Set<string> {
  const labels = speakers.map((speaker) => ({ speaker, parts: partsOf(speaker) }))
  const uses = new Map<string, number>()
  for (const { parts } of labels) for (const part of parts) uses.set(part, (uses.get(part) ?? 0) + 1)
  const asked = new Set(words)
  const weight = (part: string) => Math.log(1 + speakers.length / (uses.get(part) ?? 1))
  const found = labels.map(({ speaker, parts }) => {
    const all = [...parts].reduce((sum, part) => sum + weight(part), 0)
    const named = [...parts].reduce((sum, part) => sum + (asked.has(part) ? weight(part) : 0), 0)
    return { speaker, share: all === 0 ? 0 : named / all }
  })
  const best = Math.max(0, ...found.map(({ share }) => share))
  return new Set(found.filter(({ share }) => share >= leastShare && share > best - 0.05).map(({ speaker }) => speaker))
}

// A family name is half of a name and more: it is the rarer part.
const leastShare = 0.45

function partsOf(speaker: string): Set<string> {
  return new Set(speaker.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
}
