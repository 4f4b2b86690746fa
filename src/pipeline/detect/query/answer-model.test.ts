import { stat } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { answerFeatures } from './answer-features.ts'
import { usualAnswerModel } from './answer-model.ts'
import { answerableFeatures } from './chance-of-answer.ts'

it('was trained on what is measured today', () => {
  const { features, answerable, trees } = usualAnswerModel()
  expect(features).toEqual([...answerFeatures])
  expect(answerable.features).toEqual([...answerableFeatures])
  expect(answerable.weights).toHaveLength(answerableFeatures.length)
  const splits = trees.trees.flat().flatMap((node) => (node.length === 4 ? [node[0]] : []))
  expect(Math.max(...splits)).toBeLessThan(answerFeatures.length)
})

it('is small, and says whose data it learnt from', async () => {
  expect((await stat(new URL('../weights/query.json', import.meta.url))).size).toBeLessThan(100_000)
  const { licence, attribution } = usualAnswerModel()
  expect(licence).toBe('MIT; CC BY 4.0')
  expect(attribution).toContain('QMSum')
})
