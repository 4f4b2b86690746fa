import { expect, it } from 'vitest'
import { bestDetector } from './best-detector.ts'
import type { Rung } from './moment.ts'

const by = (rung: Rung, name: string) => ({ detector: { rung, name, version: '1' } })

it('is the first on the highest rung', () => {
  const moments = [by('ranker', 'a'), by('llm', 'b'), by('llm', 'c'), by('signals', 'd')]
  expect(bestDetector(moments)?.name).toBe('b')
  expect(bestDetector(moments.slice(0, 1))?.name).toBe('a')
  expect(bestDetector([])).toBeNull()
})
