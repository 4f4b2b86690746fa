// Run after a change of detect: whether the moments that the demo recording was written around are found. A second.
// How good the picks are on recordings with people's labels is what `clipwright eval FOLDER` measures.

import type { RankedMode } from '../src/domain/moment.ts'
import { lengthOf, overlapOf } from '../src/domain/time-range.ts'
import { demoMoments } from './support/demo-moments.ts'

for (const mode of ['highlights', 'viral'] as const) await measureDemo(mode)

/** Picks against the moments that the demo recording was written around. */
async function measureDemo(mode: RankedMode): Promise<void> {
  const { intended, moments } = await demoMoments({ mode, count: 8, minSeconds: 15, maxSeconds: 60 })
  console.log(`\n${mode}\n\n| # | pick | seconds | of it intended | title |\n|---|---|---|---|---|`)
  for (const moment of moments) {
    const told = intended.reduce((sum, span) => sum + overlapOf(moment, span), 0) / lengthOf(moment)
    const span = `${moment.start.toFixed(1)}–${moment.end.toFixed(1)}`
    console.log(`| ${moment.rank} | ${span} | ${lengthOf(moment).toFixed(0)} | ${inPercent(told)} | ${moment.title} |`)
  }
  const covered = intended.map((span) => Math.max(0, ...moments.map((m) => overlapOf(m, span) / lengthOf(span))))
  const found = covered.filter((share) => share >= 0.6).length
  console.log(`\nintended moments covered to 60 %: ${found} of ${intended.length}`)
}

function inPercent(share: number): string {
  return `${Math.round(share * 100)} %`
}
