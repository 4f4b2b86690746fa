import { expect, test } from 'vitest'
import { placePins } from './place-pins.ts'

test('pins far apart share the lowest lane', () => {
  expect(placePins({ positions: [0.9, 0.1, 0.5], gap: 0.05 })).toEqual([0, 0, 0])
})

test('a crowd climbs, and comes down again where there is room', () => {
  expect(placePins({ positions: [0.1, 0.12, 0.14, 0.2], gap: 0.05 })).toEqual([0, 1, 2, 0])
})

test('no pins, no lanes', () => {
  expect(placePins({ positions: [], gap: 0.05 })).toEqual([])
})
