import type { Cue } from '../transcriber.ts'
import { spokenWeight } from '../words/estimate-word-times.ts'
import type { HeardCue } from './align-cues.ts'

/** Seconds a unit of text takes at the fastest: with less room than this, neighbours were heard in the wrong place. */
const fastestUnit = 0.02

/**
 * Cues with the words that were heard. One that was not heard for sure keeps its estimate, moved as far as its neighbours were
 * found to be early or late, into the room they leave; where they leave none, they are not believed either.
 */
export function applyAlignment(cues: readonly Cue[], heard: readonly (HeardCue | null)[]): Cue[] {
  const believed = withoutThoseThatLeaveNoRoom(cues, [...heard])
  return cues.map((cue, index) => {
    const found = believed[index]
    const [first, last] = [found?.words[0], found?.words.at(-1)]
    if (found && first && last)
      return { ...cue, start: first.start, end: Math.max(last.end, first.start), words: found.words }
    return cue.words === null ? { ...cue, ...roomOf(cues, believed, index) } : cue
  })
}

function withoutThoseThatLeaveNoRoom(cues: readonly Cue[], heard: (HeardCue | null)[]): (HeardCue | null)[] {
  for (const [index, cue] of cues.entries()) {
    if (heard[index] || cue.words !== null) continue
    for (;;) {
      const { start, end } = roomOf(cues, heard, index)
      const [before, after] = [neighbour(heard, index, -1), neighbour(heard, index, 1)]
      if (end - start >= spokenWeight(cue.text) * fastestUnit || (before === -1 && after === -1)) break
      const weaker =
        after === -1 || (before !== -1 && (heard[before]?.confidence ?? 0) < (heard[after]?.confidence ?? 0))
          ? before
          : after
      // Only those next to it can be in the way.
      if (Math.abs(weaker - index) > reachOfNeighbours) break
      heard[weaker] = null
    }
  }
  return heard
}

const reachOfNeighbours = 3
/** Nobody farther away can be in the way of a cue. */
const farthestNeighbour = 8

function roomOf(
  cues: readonly Cue[],
  heard: readonly (HeardCue | null)[],
  index: number,
): { start: number; end: number } {
  const cue = cues[index]
  if (!cue) return { start: 0, end: 0 }
  const [before, after] = [neighbour(heard, index, -1), neighbour(heard, index, 1)]
  const shifts = [before, after].flatMap((at) =>
    at !== -1 && Math.abs(at - index) <= reachOfNeighbours
      ? [(heard[at]?.words[0]?.start ?? 0) - (cues[at]?.start ?? 0)]
      : [],
  )
  const shift = shifts.length === 0 ? 0 : shifts.reduce((sum, one) => sum + one, 0) / shifts.length
  const least = before === -1 ? 0 : (heard[before]?.words.at(-1)?.end ?? 0)
  const most = after === -1 ? Number.POSITIVE_INFINITY : (heard[after]?.words[0]?.start ?? Number.POSITIVE_INFINITY)
  const start = Math.min(Math.max(cue.start + shift, least, 0), most)
  return { start, end: Math.max(start, Math.min(cue.end + shift, most)) }
}

/** Index of the next cue that was heard in this direction, or -1. */
function neighbour(heard: readonly (HeardCue | null)[], from: number, step: 1 | -1): number {
  for (let steps = 1; steps <= farthestNeighbour; steps++) if (heard[from + steps * step]) return from + steps * step
  return -1
}
