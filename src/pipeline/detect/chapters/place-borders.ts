import type { RecordingFacts } from '../recording-facts.ts'

export interface Placing {
  /** Least seconds between two borders. */
  gap: number
  /** Least amount of border within reach of a place. */
  threshold: number
}

type Recording = Pick<RecordingFacts, 'sentences' | 'duration'>

/**
 * Chooses the borders: the places where most border lies within half a minute, best first, no two closer than `gap`. `weights` says for each
 * sentence how much of a border is before it, 0 to 1. Returns sentences, in order; never the first.
 */
export function placeBorders(recording: Recording, weights: ArrayLike<number>, { gap, threshold }: Placing): number[] {
  return rankBorders(recording, weights, gap)
    .filter(({ amount }) => amount >= threshold)
    .map(({ sentence }) => sentence)
    .sort((a, b) => a - b)
}

/** All places that are a border to any amount and keep their distance, the clearest first. */
export function rankBorders(
  { sentences, duration }: Recording,
  weights: ArrayLike<number>,
  gap: number,
): { sentence: number; amount: number }[] {
  const amounts = smoothed(sentences, weights)
  const order = [...amounts.keys()]
    .filter((i) => i > 0 && isInside(sentences[i]?.start ?? 0))
    .sort((a, b) => (amounts[b] ?? 0) - (amounts[a] ?? 0) || a - b)
  const chosen: { sentence: number; amount: number }[] = []
  const slots = new Map<number, number[]>()
  for (const i of order) {
    const start = sentences[i]?.start ?? 0
    const slot = Math.floor(start / gap)
    // Only neighbours can be too near, so that twelve hours take no longer an hour than one.
    const near = [slot - 1, slot, slot + 1].flatMap((s) => slots.get(s) ?? [])
    if (near.some((other) => Math.abs((sentences[other]?.start ?? 0) - start) < gap)) continue
    chosen.push({ sentence: i, amount: amounts[i] ?? 0 })
    slots.set(slot, [...(slots.get(slot) ?? []), i])
  }
  return chosen

  function isInside(start: number): boolean {
    return start > gap / 2 && start < duration - gap / 2
  }
}

// People place the same border up to half a minute apart.
const reach = 30
// More sentences than this in half a minute come from a broken transcript.
const mostAround = 100
// What is around counts less than what is here: the border itself is best placed on the sentence that looks most like one.
const aroundShare = 0.3

/** The place's own weight, and what lies around it, the less the farther. */
function smoothed(sentences: RecordingFacts['sentences'], weights: ArrayLike<number>): Float64Array {
  return Float64Array.from(sentences, ({ start }, i) => {
    let sum = weights[i] ?? 0
    for (const step of [-1, 1]) {
      for (let k = i + step; k >= 0 && k < sentences.length; k += step) {
        const away = Math.abs((sentences[k]?.start ?? 0) - start)
        if (away > reach || Math.abs(k - i) > mostAround) break
        sum += (weights[k] ?? 0) * (1 - away / reach) * aroundShare
      }
    }
    return sum
  })
}
