import type { RecordingFacts } from '../recording-facts.ts'

/** A stretch that may be the answer: whole sentences, from one to another. Seconds from the first word to the end of the last. */
export interface AnswerWindow {
  first: number
  last: number
  start: number
  end: number
  /** Index into `windowSeconds`. */
  size: number
}

/** Lengths of the windows in seconds, each 1.4 of the one before: an answer of any length between shares two thirds with one of them. */
export const windowSeconds = [32, 45, 63, 88, 123, 173, 242, 339, 474, 664]
// A quarter of a window on, its answer has changed by as much as its next length.
const startsPerWindow = 4

/** Windows over the whole recording, of all lengths, opening at the clearest border nearby. About 1,100 an hour. */
export function answerWindows({ sentences, duration, borders }: RecordingFacts): AnswerWindow[] {
  const windows: AnswerWindow[] = []
  for (const [size, seconds] of windowSeconds.entries()) {
    // The shorter of two lengths that hold the whole recording is enough.
    if (size > 0 && (windowSeconds[size - 1] ?? 0) > duration) break
    const reach = seconds / startsPerWindow
    const seen = new Set<string>()
    for (const first of openings(sentences, borders.fresh, reach)) {
      const last = closing(sentences, borders.fresh, { first, seconds })
      const key = `${first}-${last}`
      if (seen.has(key)) continue
      seen.add(key)
      windows.push({ first, last, start: sentences[first]?.start ?? 0, end: endOf(sentences, first, last), size })
    }
  }
  return windows
}

type Sentences = RecordingFacts['sentences']

/** The freshest sentence in each slot of so many seconds. */
function openings(sentences: Sentences, fresh: Float64Array, reach: number): number[] {
  const best = new Map<number, number>()
  for (const [i, { start }] of sentences.entries()) {
    const slot = Math.floor(start / reach)
    const rival = best.get(slot)
    if (rival === undefined || (fresh[i] ?? 0) > (fresh[rival] ?? 0)) best.set(slot, i)
  }
  return [...best.values()]
}

/** The last sentence of a window: before the freshest one that begins near its end. */
function closing(
  sentences: Sentences,
  fresh: Float64Array,
  { first, seconds }: { first: number; seconds: number },
): number {
  const start = sentences[first]?.start ?? 0
  let best = first
  let bestFresh = Number.NEGATIVE_INFINITY
  for (let i = first; i < sentences.length; i++) {
    const next = sentences[i + 1]
    const end = next?.start ?? sentences[i]?.end ?? 0
    if (end - start < seconds * 0.87) {
      best = i
      continue
    }
    if (end - start > seconds * 1.15 && i > first) break
    const value = next === undefined ? 1 : (fresh[i + 1] ?? 0)
    if (value > bestFresh) [best, bestFresh] = [i, value]
  }
  return best
}

function endOf(sentences: Sentences, first: number, last: number): number {
  let end = 0
  // Sentences of people who talk at the same time overlap: the last to begin need not be the last to end.
  for (let i = Math.max(first, last - 3); i <= last; i++) end = Math.max(end, sentences[i]?.end ?? 0)
  return end
}
