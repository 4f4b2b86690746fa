import type { Feature } from './feature.ts'
import { matchesIn } from './matches-in.ts'
import { total } from './per-second.ts'
import { quoted } from './say.ts'

/** Sponsors, greetings, schedules, "link in the description": how much of it is the show talking about itself. One phrase in 25 words is all of it. */
export const housekeeping: Feature = {
  scale: 'absolute',
  speaks: 'against',
  measure(span, facts) {
    const words = total(span, facts, 'words')
    return words === 0 ? 0 : Math.min(1, (25 * total(span, facts, 'housekeeping')) / Math.max(25, words))
  },
  explain(span, facts) {
    const found = matchesIn(span, facts, 'housekeeping')
    return found.length === 0 ? null : `Talks about the show itself: ${quoted(found)}`
  },
}
