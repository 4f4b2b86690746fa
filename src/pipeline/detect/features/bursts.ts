import { excess } from './excess.ts'
import type { Feature } from './feature.ts'
import { total } from './per-second.ts'

/** Short, quick sentences rather than long ones: more of them than the time usually holds. */
export const bursts: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure: (span, facts) => excess(span, facts, 'sentences'),
  explain(span, facts) {
    const sentences = total(span, facts, 'sentences')
    const words = Math.round(total(span, facts, 'words') / sentences)
    return sentences < 4 || words > 9 ? null : `Short, quick sentences, about ${words} words each`
  },
}
