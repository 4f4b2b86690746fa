// Run after a change of detection that is meant to change what it finds: writes the lower ends of the intervals, below which the test fails.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { evaluateSet } from '../../src/evaluation/evaluate-set.ts'
import { readLabelledSet } from '../../src/evaluation/labelled-recording.ts'
import { productFinders } from '../../src/evaluation/product-finders.ts'

const guarded: Record<string, string[]> = {
  clips: ['lift@5', 'P@5', 'R@5', 'HIT@1', 'mAP'],
  query: ['R1@.5', 'R@5', 'HIT@1', 'lift@5'],
  chapters: ['F1@60s'],
}

const results = await evaluateSet({
  name: 'golden',
  recordings: await readLabelledSet(join(import.meta.dirname, 'golden.jsonl')),
  finders: Object.values(productFinders).slice(0, 1),
})
const floors = results.map(({ task, methods }) => {
  const low = (measure: string) => Math.floor((methods[0]?.measures[measure]?.low ?? 0) * 1000) / 1000
  return [task, Object.fromEntries((guarded[task] ?? []).map((measure) => [measure, low(measure)]))]
})
writeFileSync(
  join(import.meta.dirname, 'golden-floors.json'),
  `${JSON.stringify(Object.fromEntries(floors), null, 2)}\n`,
)
