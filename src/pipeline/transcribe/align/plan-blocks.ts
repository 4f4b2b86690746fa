import type { TimeRange } from '../../../domain/time-range.ts'
import type { Cue } from '../transcriber.ts'

/** Cues that are aligned in one go. */
export interface Block {
  /** Indexes of the cues: `from` up to but not including `to`. */
  from: number
  to: number
  /** Those whose times are taken; the others are company, so that their words are not heard in these. */
  keepFrom: number
  keepTo: number
  /** What is listened to, in seconds of the recording. */
  span: TimeRange
}

/** Seconds of captions in a block: long enough to judge them by their company, short enough to stay small in memory. */
const usualSeconds = 30
/** A pause this long separates cues: words are not looked for beyond it. */
const separatingSeconds = 6
/** Captions come up to this many seconds early or late. */
export const captionSlack = 2.5

/**
 * Groups cues without word times, in order of their times, into blocks with a cue of company at each side. Cues that have
 * word times already are left out.
 */
export function planBlocks(cues: readonly Cue[], duration: number): Block[] {
  const blocks: Block[] = []
  for (let first = 0; first < cues.length; ) {
    const begin = cues[first]
    if (!begin || begin.words !== null) {
      first++
      continue
    }
    let last = first + 1
    while (last < cues.length && belongs(begin, cues[last - 1], cues[last])) last++
    const from = isNear(cues[first - 1], begin) ? first - 1 : first
    const to = isNear(cues[last - 1], cues[last]) ? last + 1 : last
    const start = Math.max(0, (cues[from]?.start ?? 0) - captionSlack)
    const end = Math.min(duration, (cues[to - 1]?.end ?? duration) + captionSlack)
    blocks.push({ from, to, keepFrom: first, keepTo: last, span: { start, end } })
    first = last
  }
  return blocks
}

function belongs(begin: Cue, before: Cue | undefined, cue: Cue | undefined): boolean {
  return cue !== undefined && isNear(before, cue) && cue.end - begin.start <= usualSeconds
}

function isNear(before: Cue | undefined, cue: Cue | undefined): boolean {
  if (!before || !cue || before.words !== null || cue.words !== null) return false
  return cue.start - before.end < separatingSeconds
}
