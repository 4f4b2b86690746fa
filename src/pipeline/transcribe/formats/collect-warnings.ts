/** Sentences for a person, one for each kind of trouble however often it happened. */
export interface WarningCollector {
  /** Notes one case of `what`; `where` is its place for a person, e.g. `line 12`. */
  add(what: string, where?: string): void
  /** e.g. `Times cannot be read, cue skipped: line 3, line 9 and 41 more.` */
  toSentences(): string[]
}

/** Shown in full; a file with thousands of faults must not give thousands of warnings. */
const placesShown = 3

export function collectWarnings(): WarningCollector {
  const kinds = new Map<string, { count: number; places: string[] }>()
  return {
    add(what, where) {
      const kind = kinds.get(what) ?? { count: 0, places: [] }
      kinds.set(what, kind)
      kind.count++
      if (where !== undefined && kind.places.length < placesShown) kind.places.push(where)
    },
    toSentences: () => [...kinds].map(([what, { count, places }]) => sentence(what, count, places)),
  }
}

function sentence(what: string, count: number, places: string[]): string {
  if (places.length === 0) return count === 1 ? `${what}.` : `${what} (${count} times).`
  const more = count - places.length
  return `${what}: ${places.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}
