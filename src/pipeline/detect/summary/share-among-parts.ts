import type { Moment } from '../../../domain/moment.ts'

interface ShareInput {
  /** Best first. */
  moments: readonly Moment[]
  /** Seconds at which new parts begin, in order. */
  borders: readonly number[]
  /** Seconds. */
  duration: number
  count: number
}

/**
 * Shares `count` moments among the parts of a recording as seats are shared among parties: a part's claim is the score of its best moment
 * left, times a root of its length, over twice what it has plus one (Sainte-Laguë). A long part gets more, a short one that says much is heard
 * too. In order of choice.
 */
export function shareAmongParts({ moments, borders, duration, count }: ShareInput): Moment[] {
  const parts = [0, ...borders].map((start, i) => ({
    start,
    end: borders[i] ?? duration,
    left: [] as Moment[],
    taken: 0,
  }))
  for (const moment of moments) {
    const middle = (moment.start + moment.end) / 2
    parts.findLast(({ start }) => start <= middle)?.left.push(moment)
  }
  const chosen: Moment[] = []
  while (chosen.length < count) {
    let best: { part: (typeof parts)[number]; claim: number } | undefined
    for (const part of parts) {
      const next = part.left[0]
      if (next === undefined) continue
      const claim = (next.score * Math.sqrt(Math.max(1, part.end - part.start))) / (2 * part.taken + 1)
      if (best === undefined || claim > best.claim) best = { part, claim }
    }
    const moment = best?.part.left.shift()
    if (best === undefined || moment === undefined) break
    best.part.taken++
    chosen.push(moment)
  }
  return chosen
}
