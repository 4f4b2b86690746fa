import type { RankedMode } from '../../../domain/moment.ts'
import { lengthOf } from '../../../domain/time-range.ts'
import type { Feature } from './feature.ts'

// Half a minute holds a set-up and its payoff; a remembered story takes a little longer, an explanation longer still. Judgement, and what
// stretches of laughter last in labelled podcasts, set-up included (half of them 26 to 40 s).
const usualSeconds: Record<RankedMode, number> = { viral: 32, highlights: 35, summary: 52 }
// On a scale of ratios: 20 s and 53 s lie one such step from 32 s.
const spread = 0.5

/** How near a length in seconds is to what clips usually last, 0 to 1. */
export function nearUsualLength(seconds: number, mode: RankedMode): number {
  return Math.exp(-((Math.log(Math.max(1, seconds) / usualSeconds[mode]) / spread) ** 2) / 2)
}

/** How near it is to half a minute: neither cut short nor drawn out. */
export const usualLength: Feature = {
  scale: 'absolute',
  speaks: 'for',
  measure: (span) => nearUsualLength(lengthOf(span), 'viral'),
  // Nobody shares a clip for its length.
  explain: () => null,
}
