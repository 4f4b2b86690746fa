import type { RankedMode } from '../../domain/moment.ts'
import { overlapOf, type TimeRange } from '../../domain/time-range.ts'

/** A candidate as the selection needs it. */
export interface Selectable extends TimeRange {
  firstSentence: number
  lastSentence: number
  /** 0 to 1. */
  score: number
  /** False for what nobody wants to share, such as a word from the sponsor: chosen only to reach the floor. */
  fit: boolean
}

export interface Selected<T> {
  candidate: T
  /** Its score less what it shares with better ones already chosen; falls from one choice to the next. */
  score: number
}

interface SelectInput<T extends Selectable> {
  candidates: readonly T[]
  count: number
  /** Up to this many are chosen even from what is unfit or repeats another. */
  floor: number
  mode: RankedMode
  /** Content that two candidates share, 0 to 1. */
  similarity: (a: T, b: T) => number
  /** Share of the shorter one that the other says too, word for word, 0 to 1; quick for few second ones, as `similarity` is. */
  repeated?: (a: T, b: T) => number
  /** The candidate as it shall be shown, with better borders, clear of what was chosen before it. */
  frame: (candidate: T, chosen: readonly T[]) => T
}

/** What saying the same things, and being right beside each other, costs of the score. A summary wants all parts, so there it costs more. */
const costs: Record<RankedMode, { topic: number; near: number }> = {
  viral: { topic: 0.25, near: 0.05 },
  highlights: { topic: 0.3, near: 0.1 },
  summary: { topic: 0.4, near: 0.25 },
}

// Two spans that share this much are the same passage said twice, such as a teaser of what comes later.
const sameContent = 0.85
// Half of one heard again in another is heard twice, whatever else is in it.
const sameWords = 0.5
// Within a minute and a half two clips show one scene.
const nearSeconds = 90

/**
 * Chooses up to `count` candidates that don't overlap, best first, each new one marked down for what it shares with those already chosen
 * (maximal marginal relevance, Carbonell and Goldstein 1998). What is unfit or repeats a chosen one is left out, unless fewer than
 * `floor` are found. A candidate says where something happens; once chosen, `frame` settles from where to where it is shown, and the next
 * ones keep clear of that. Asking for more never changes the first ones: every choice depends only on those before it.
 */
export function select<T extends Selectable>({
  candidates,
  count,
  floor,
  mode,
  similarity,
  repeated = () => 0,
  frame,
}: SelectInput<T>): Selected<T>[] {
  const ordered = candidates.toSorted((a, b) => b.score - a.score || a.start - b.start || a.end - b.end)
  const chosen: Selected<T>[] = []
  const beside = (a: T, b: T, mayRepeat: boolean) => {
    if (overlaps(a, b)) return Number.POSITIVE_INFINITY
    const alike = similarity(a, b)
    if (!mayRepeat && (alike >= sameContent || repeated(a, b) >= sameWords)) return Number.POSITIVE_INFINITY
    return nearness(a, b) * costs[mode].near + alike * costs[mode].topic
  }
  const fit = ordered.filter((candidate) => candidate.fit)
  fill({ chosen, ordered: fit, count, frame, costBeside: (a, b) => beside(a, b, false) })
  // To reach the floor: what is unfit, then what repeats others, then what is both.
  const least = Math.min(count, floor)
  fill({ chosen, ordered, count: least, frame, costBeside: (a, b) => beside(a, b, false) })
  fill({ chosen, ordered: fit, count: least, frame, costBeside: (a, b) => beside(a, b, true) })
  fill({ chosen, ordered, count: least, frame, costBeside: (a, b) => beside(a, b, true) })
  return chosen
}

interface FillInput<T extends Selectable> {
  /** Grows by what is chosen. */
  chosen: Selected<T>[]
  /** Best first. */
  ordered: readonly T[]
  count: number
  /** What a candidate costs beside a chosen one; infinite where they can't both be. */
  costBeside: (a: T, b: T) => number
  frame: (candidate: T, chosen: readonly T[]) => T
}

function fill<T extends Selectable>({ chosen, ordered, count, costBeside, frame }: FillInput<T>): void {
  if (chosen.length >= count) return
  const waiting: Waiting<T>[] = ordered.map((candidate) => ({ candidate, cost: 0, seen: 0 }))
  while (chosen.length < count) {
    const best = nextBest()
    if (best === undefined) return
    const score = Math.max(0, best.candidate.score - best.cost)
    chosen.push({ candidate: framed(best.candidate), score: Math.min(score, chosen.at(-1)?.score ?? 1) })
  }

  /** A frame that would repeat or overlap what is chosen is worth less than the plain candidate. */
  function framed(candidate: T): T {
    const others = chosen.map((selected) => selected.candidate)
    const better = frame(candidate, others)
    return others.some((other) => costBeside(better, other) === Number.POSITIVE_INFINITY) ? candidate : better
  }

  /** The best that is left. Costs only grow, so a candidate whose bare score is below the best found need not be looked at. */
  function nextBest(): Waiting<T> | undefined {
    let best: Waiting<T> | undefined
    for (const entry of waiting) {
      const value = best === undefined ? Number.NEGATIVE_INFINITY : best.candidate.score - best.cost
      if (entry.candidate.score <= value) break
      // What it costs already is too much, and can only become more.
      if (entry.candidate.score - entry.cost <= value) continue
      bringUpToDate(entry)
      if (entry.cost === Number.POSITIVE_INFINITY) continue
      if (best === undefined || entry.candidate.score - entry.cost > best.candidate.score - best.cost) best = entry
    }
    return best
  }

  function bringUpToDate(entry: Waiting<T>): void {
    for (; entry.seen < chosen.length && entry.cost < Number.POSITIVE_INFINITY; entry.seen++) {
      const other = chosen[entry.seen]?.candidate
      if (other === undefined) continue
      entry.cost = Math.max(entry.cost, costBeside(entry.candidate, other))
    }
  }
}

function overlaps(a: Selectable, b: Selectable): boolean {
  return overlapOf(a, b) > 0 || (a.firstSentence <= b.lastSentence && b.firstSentence <= a.lastSentence)
}

/** 1 side by side, 0 from a minute and a half on. */
function nearness(a: Selectable, b: Selectable): number {
  const gap = Math.max(a.start - b.end, b.start - a.end)
  return Math.min(1, Math.max(0, 1 - gap / nearSeconds))
}

interface Waiting<T> {
  candidate: T
  /** The most it shares with any chosen one; infinite when it can't be chosen any more. */
  cost: number
  /** How many of the chosen ones that takes into account. */
  seen: number
}
