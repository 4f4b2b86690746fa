import type { JudgedMoment } from './taste.ts'

// Newest verdicts that count at all: taste changes, and three hundred say all that a score this simple can learn.
const mostVerdicts = 300
// A verdict counts half as much as one that is this many verdicts newer.
const halfLife = 150
// Somebody who judges every clip of one long recording has said little about the next one.
const mostPerRecording = 5
// With several judges nobody outweighs all the others together.
const mostPerJudge = 0.5

export interface WeighedVerdict extends JudgedMoment {
  /** What it counts for, above 0 up to 1. */
  counts: number
}

/** How much each verdict (oldest first) counts: the newest most, no recording and no person for too much. */
export function weighVerdicts(verdicts: readonly JudgedMoment[]): WeighedVerdict[] {
  const recent = verdicts.slice(-mostVerdicts)
  const weighed = recent.map((verdict, i) => ({
    ...verdict,
    counts: Math.min(1, Math.max(0, verdict.weight)) * 0.5 ** ((recent.length - 1 - i) / halfLife),
  }))
  const fair = capped(weighed, { by: ({ recording }) => recording, most: () => mostPerRecording })
  if (new Set(fair.map(({ by }) => by)).size < 2) return fair
  return capped(fair, { by: ({ by }) => by, most: (own, all) => (mostPerJudge / (1 - mostPerJudge)) * (all - own) })
}

interface Cap {
  by: (verdict: WeighedVerdict) => string
  /** The most one group may count for, given what it counts for now and what all do. */
  most: (own: number, all: number) => number
}

function capped(verdicts: readonly WeighedVerdict[], { by, most }: Cap): WeighedVerdict[] {
  const sums = new Map<string, number>()
  for (const verdict of verdicts) sums.set(by(verdict), (sums.get(by(verdict)) ?? 0) + verdict.counts)
  const all = [...sums.values()].reduce((sum, own) => sum + own, 0)
  return verdicts.map((verdict) => {
    const own = sums.get(by(verdict)) ?? 0
    return { ...verdict, counts: verdict.counts * Math.min(1, most(own, all) / own) }
  })
}
