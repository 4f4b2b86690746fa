import type { Feature } from './feature.ts'
import { total } from './per-second.ts'
import { quoted } from './say.ts'

/** Words that the rest of the recording doesn't use: share of words weighed by 1 ÷ their uses. Null without content words. */
export const novelty: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure(span, facts) {
    const words = total(span, facts, 'words')
    // Ten words more keep a span of five odd words from being the newest thing said.
    return words === 0 ? null : total(span, facts, 'rarity') / (words + 10)
  },
  explain(span, facts) {
    const rare = facts.topics.tellingWords({ first: span.firstSentence, last: span.lastSentence }, 'rare').slice(0, 3)
    return rare.length < 3 ? null : `Says what nobody says elsewhere: ${quoted(rare)}`
  },
}
