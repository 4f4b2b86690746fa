import { leanOf } from '../find-opening.ts'
import { endsInQuestion } from '../sentence-counts.ts'
import type { Feature } from './feature.ts'

/** Whether it stands alone: opens on a sentence that leans on nothing, closes on one that leaves nothing open, with a pause or another's turn after. */
export const completeness: Feature = {
  scale: 'absolute',
  speaks: 'for',
  measure({ firstSentence, lastSentence }, { sentences }) {
    const first = sentences[firstSentence]
    const last = sentences[lastSentence]
    const next = sentences[lastSentence + 1]
    if (first === undefined || last === undefined) return 0
    const opening = 1 - leanOf(first)
    if (last.closes === 'clause') return opening * 0.4
    if (next === undefined) return opening * 0.4 + 0.6
    const pause = Math.min(1, Math.max(0, next.start - last.end))
    const handedOver = next.speaker === last.speaker ? 0 : 0.7
    const ends = endsInQuestion(last.text) ? 0 : 0.3 + 0.3 * Math.max(pause, handedOver)
    return opening * 0.4 + ends
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
