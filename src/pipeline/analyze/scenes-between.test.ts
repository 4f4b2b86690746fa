import { expect, it } from 'vitest'
import { scenesBetween } from './scenes-between.ts'

it('covers the recording without gaps', () => {
  expect(scenesBetween([4, 2.5], 10)).toEqual([
    { start: 0, end: 2.5 },
    { start: 2.5, end: 4 },
    { start: 4, end: 10 },
  ])
})

it('makes one scene without cuts', () => {
  expect(scenesBetween([], 10)).toEqual([{ start: 0, end: 10 }])
})

it('makes no empty scenes of cuts at the borders, outside or twice', () => {
  expect(scenesBetween([0, -1, 3, 3.0001, 10, 11], 10)).toEqual([
    { start: 0, end: 3 },
    { start: 3, end: 10 },
  ])
})
