import { leanOf } from '../find-opening.ts'
import type { Feature } from './feature.ts'

/** Whether it stands alone: opens where something begins, closes where it ends, and nothing new begins in between. */
export const completeness: Feature = {
  scale: 'absolute',
  speaks: 'for',
  measure({ firstSentence, lastSentence }, { borders }) {
    let inside = 0
    for (let i = firstSentence + 1; i <= lastSentence; i++) inside = Math.max(inside, borders.fresh[i] ?? 0)
    const quality = (borders.opening[firstSentence] ?? 0) + (borders.closing[lastSentence] ?? 0) - 0.4 * inside
    // Two good borders with nothing between them add up to two, two bad ones to less than −1.
    return Math.min(1, Math.max(0, (1 + quality) / 3))
  },
  explain({ firstSentence, lastSentence }, { sentences }) {
    const [first, last, next] = [sentences[firstSentence], sentences[lastSentence], sentences[lastSentence + 1]]
    if (first === undefined || last === undefined || leanOf(first) > 0 || last.closes === 'clause') return null
    const pause = next === undefined ? 0 : next.start - last.end
    return pause >= 0.7
      ? `Stands alone, with a pause of ${pause.toFixed(1)} s after it`
      : 'Stands alone from its first sentence to its last'
  },
}
