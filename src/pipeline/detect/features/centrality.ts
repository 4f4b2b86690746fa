import type { Feature } from './feature.ts'
import { quoted } from './say.ts'

/** How close it is to what the whole recording is about: cosine of their content words. */
export const centrality: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure: (span, facts) => facts.topics.centrality({ first: span.firstSentence, last: span.lastSentence }),
  explain(span, facts) {
    const central = facts.topics
      .tellingWords({ first: span.firstSentence, last: span.lastSentence }, 'central')
      .slice(0, 3)
    return central.length < 2 ? null : `On the main subject: ${quoted(central)}`
  },
}
