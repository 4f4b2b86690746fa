import { stat } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { usualChapterModel } from './chapter-model.ts'
import { borderFeatures } from './measure-borders.ts'

it('was trained on what is measured today', () => {
  const { features, cues, trees } = usualChapterModel()
  expect(features).toEqual([...borderFeatures])
  const splits = trees.trees.flat().flatMap((node) => (node.length === 4 ? [node[0]] : []))
  expect(Math.max(...splits)).toBeLessThan(borderFeatures.length)
  // What people say at such places anywhere.
  expect(cues['o:next']).toBeGreaterThan(0)
  expect(cues['o:okay so']).toBeGreaterThan(0)
})

it('is small, and says whose data it learnt from', async () => {
  expect((await stat(new URL('../weights/chapters.json', import.meta.url))).size).toBeLessThan(100_000)
  expect(usualChapterModel()).toMatchObject({
    licence: 'MIT; CC BY 4.0',
    attribution: expect.stringContaining('QMSum'),
  })
})
