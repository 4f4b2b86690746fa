import type { StepKind } from '../../domain/run.ts'
import { kindsPerMoment } from '../engine/follow.ts'
import { flow, lastJob } from '../flow.ts'

/** What a kind of step still takes in a run. */
export interface KindAhead {
  /** Seconds of work left in each of its steps that have not ended, also in those that do not exist yet. */
  left: readonly number[]
  /** How many of them are worked on at once; at least 1. */
  lanes: number
}

const perMoment = kindsPerMoment(flow)

/** Seconds until a run ends, along the longest way through the flow; null when a kind on it is not known. Pure. */
export function timeAhead(kinds: ReadonlyMap<StepKind, KindAhead | null>): number | null {
  const spans = new Map<StepKind, { start: number; end: number }>()
  const first = flow[0]?.parents ?? []
  for (const kind of first) {
    const own = ownTime(kinds.get(kind))
    if (own === null) return null
    spans.set(kind, { start: 0, end: own.all })
  }
  for (const { parents, join, children } of flow) {
    for (const child of children) {
      const own = ownTime(kinds.get(child))
      if (own === null) return null
      const before = parents.map((parent) => spans.get(parent) ?? { start: 0, end: 0 })
      const ready = Math.max(...before.map(({ end }) => end))
      // A moment goes on without waiting for the others: the two kinds overlap.
      const overlaps = join === 'one' && parents.every((parent) => perMoment.has(parent))
      const begun = Math.max(...before.map(({ start }) => start))
      const start = overlaps ? begun : ready
      const end = overlaps ? Math.max(ready + own.longest, begun + own.all) : ready + own.all
      spans.set(child, { start, end })
    }
  }
  return spans.get(lastJob.name)?.end ?? null
}

function ownTime(ahead: KindAhead | null | undefined): { all: number; longest: number } | null {
  if (ahead === null || ahead === undefined) return null
  const longest = Math.max(0, ...ahead.left)
  const sum = ahead.left.reduce((total, seconds) => total + seconds, 0)
  return { all: Math.max(longest, sum / Math.max(1, ahead.lanes)), longest }
}

/**
 * How much of a run each kind of step makes, of 100: by what they take for a recording of an hour with its transcript to be made. Fixed, so that a
 * bar never goes back because something was learnt.
 */
const shares: Readonly<Record<StepKind, number>> = {
  ingest: 3,
  transcribe: 27,
  analyze: 10,
  detect: 8,
  reframe: 15,
  cut: 35,
  conclude: 2,
}

/** How far a run is, 0 to 1, from how far its steps are; `count` is how many moments there are, or are expected. Pure. */
export function shareDone(steps: readonly { kind: StepKind; fraction: number }[], count: number): number {
  let done = 0
  for (const { kind, fraction } of steps)
    done += (shares[kind] * fraction) / (perMoment.has(kind) ? Math.max(1, count) : 1)
  return Math.min(1, done / Object.values(shares).reduce((sum, share) => sum + share, 0))
}
