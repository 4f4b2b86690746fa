import { excess } from './excess.ts'
import type { Feature } from './feature.ts'
import { total } from './per-second.ts'
import { sayTimes } from './say.ts'

/** Speakers calling each other by name. Null when speakers have no names. */
export const address: Feature = {
  scale: 'compared',
  speaks: 'for',
  measure: (span, facts) => (facts.signs.speakers.size === 0 ? null : excess(span, facts, 'addresses')),
  explain(span, facts) {
    const times = total(span, facts, 'addresses')
    return times === 0 ? null : `They call each other by name (${sayTimes(times)})`
  },
}
