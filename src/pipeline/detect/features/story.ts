import { excess } from './excess.ts'
import type { Feature } from './feature.ts'
import { matchesIn } from './matches-in.ts'
import { quoted } from './say.ts'

/** Signs that somebody tells what happened to them. */
export const story: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure: (span, facts) => excess(span, facts, 'story'),
  explain(span, facts) {
    const found = matchesIn(span, facts, 'story')
    return found.length < 2 ? null : `Tells a story: ${quoted(found)}`
  },
}
