import { excess } from './excess.ts'
import type { Feature } from './feature.ts'
import { matchesIn } from './matches-in.ts'
import { quoted } from './say.ts'

/** Words of strong feeling. */
export const emotion: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure: (span, facts) => excess(span, facts, 'emotion'),
  explain(span, facts) {
    const found = matchesIn(span, facts, 'emotion')
    return found.length === 0 ? null : `Strong feelings: ${quoted(found)}`
  },
}
