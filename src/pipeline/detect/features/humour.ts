import { excess } from './excess.ts'
import type { Feature } from './feature.ts'
import { matchesIn } from './matches-in.ts'
import { quoted } from './say.ts'

/** Words that come with laughter: jokes named as such, silly things, people quoted for fun. */
export const humour: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure: (span, facts) => excess(span, facts, 'humour'),
  explain(span, facts) {
    const found = matchesIn(span, facts, 'humour')
    return found.length === 0 ? null : `Sounds like fun: ${quoted(found)}`
  },
}
