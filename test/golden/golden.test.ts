import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { evaluateSet, type TaskResult } from '../../src/evaluation/evaluate-set.ts'
import { readLabelledSet } from '../../src/evaluation/labelled-recording.ts'
import { productFinders } from '../../src/evaluation/product-finders.ts'

const folder = import.meta.dirname
/** Lower ends of the intervals when this was last measured on purpose: below them it has become worse. */
const floors = z
  .record(z.string(), z.record(z.string(), z.number()))
  .parse(JSON.parse(readFileSync(join(folder, 'golden-floors.json'), 'utf8')))
const cases = Object.entries(floors).flatMap(([task, measures]) =>
  Object.entries(measures).map(([measure, floor]) => ({ task, measure, floor })),
)

describe('detection on recordings of our own', () => {
  let results: TaskResult[]
  beforeAll(async () => {
    const [finder] = Object.values(productFinders)
    if (!finder) throw new Error('there is no detector')
    results = await evaluateSet({
      name: 'golden',
      recordings: await readLabelledSet(join(folder, 'golden.jsonl')),
      finders: [finder],
    })
  })

  it.each(cases)('$task: $measure is at least $floor', ({ task, measure, floor }) => {
    const ours = results.find((result) => result.task === task)?.methods[0]?.measures[measure]
    expect(ours?.mean).toBeGreaterThanOrEqual(floor)
  })
})
