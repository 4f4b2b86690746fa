interface Asked {
  /** All words of the question, in small letters. */
  words: readonly string[]
  /** Those of them that are written like names. */
  names: ReadonlySet<string>
}

/**
 * The speakers that a question names ("What did Professor B say about …?"): by most of the words of their labels, or by one that nobody
 * else has, written like a name ("Freeland"). Empty when none is named.
 */
export function findSpeakers({ words, names }: Asked, speakers: readonly string[]): Set<string> {
  const labels = speakers.map((speaker) => ({ speaker, parts: partsOf(speaker) }))
  const uses = new Map<string, number>()
  for (const { parts } of labels) for (const part of parts) uses.set(part, (uses.get(part) ?? 0) + 1)
  const asked = new Set(words)
  const weight = (part: string) => Math.log(1 + speakers.length / (uses.get(part) ?? 1))
  const found = labels.flatMap(({ speaker, parts }) => {
    const all = [...parts].reduce((sum, part) => sum + weight(part), 0)
    const share = [...parts].reduce((sum, part) => sum + (asked.has(part) ? weight(part) : 0), 0) / Math.max(1e-9, all)
    const hasOwnName = [...parts].some((part) => names.has(part) && uses.get(part) === 1 && part.length > 1)
    // "Marketing" may be who is asked about, "marketing" is what: unless the question knows no capitals.
    const isWritten = parts.size > 1 || hasOwnName || names.size === 0
    const isNamed = (share >= mostOfLabel && isWritten) || (share >= partOfLabel && hasOwnName)
    return isNamed ? [{ speaker, share }] : []
  })
  const best = Math.max(0, ...found.map(({ share }) => share))
  return new Set(found.filter(({ share }) => share > best - 0.05).map(({ speaker }) => speaker))
}

const mostOfLabel = 0.6
// A family name is a third of "Hon. Chrystia Freeland".
const partOfLabel = 0.3

function partsOf(speaker: string): Set<string> {
  return new Set(speaker.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
}
