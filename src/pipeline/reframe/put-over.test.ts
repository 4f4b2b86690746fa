import { expect, test } from 'vitest'
import type { SceneOverride } from '../framing-overrides.ts'
import { putOver } from './put-over.ts'

const fit = (start: number, end: number): SceneOverride => ({ look: 'fit', start, end })
const at = (start: number, end: number): SceneOverride => ({ look: 'at', start, end, x: 0.2 })
const say = (scenes: SceneOverride[]) => scenes.map(({ look, start, end }) => `${look} ${start}-${end}`)

test('what is said of one clip stands over what is said of the recording', () => {
  expect(say(putOver([fit(0, 10), fit(12, 20)], [at(4, 13)]))).toEqual(['fit 0-4', 'at 4-13', 'fit 13-20'])
  expect(say(putOver([fit(0, 10)], [at(0, 10)]))).toEqual(['at 0-10'])
  expect(say(putOver([fit(0, 10)], []))).toEqual(['fit 0-10'])
  expect(say(putOver([], [at(4, 5), at(5, 6)]))).toEqual(['at 4-5', 'at 5-6'])
})
