import type { Feature } from './feature.ts'
import { perSecond, total } from './per-second.ts'

/** Short, quick sentences rather than long ones: sentences a second. */
export const bursts: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure: (span, facts) => perSecond(span, facts, 'sentences'),
  explain(span, facts) {
    const sentences = total(span, facts, 'sentences')
    const words = Math.round(total(span, facts, 'words') / sentences)
    return sentences < 4 || words > 9 ? null : `Short, quick sentences, about ${words} words each`
  },
}
