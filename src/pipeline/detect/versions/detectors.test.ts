import { expect, test } from 'vitest'
import { detectorId } from '../../../domain/detector-id.ts'
import { noTaste, type Taste } from '../taste/taste.ts'
import { DetectorUnknown, detectorIds, findDetector, rankerOf, shippedNewcomer, standardDetector } from './detectors.ts'

const taste: Taste = { judged: 9, leanings: [{ feature: 'humour', weight: 0.1, from: 0.5, alike: 3, alikeLiked: 3 }] }

test('each is found by its whole name, and the newest of a name by that', () => {
  for (const id of detectorIds) {
    expect(findDetector(id)).toBe(id)
    expect(detectorId(rankerOf({ detector: id }).detector)).toBe(id)
  }
  expect(findDetector('hand-set')).toBe(detectorIds.findLast((id) => id.startsWith('hand-set@')))
  expect(detectorIds).toContain(standardDetector)
  if (shippedNewcomer !== null) expect(detectorIds).toContain(shippedNewcomer)
})

test('names are fit for the database', () => {
  expect(new Set(detectorIds).size).toBe(detectorIds.length)
  for (const id of detectorIds) expect(id).toMatch(/^[a-z0-9.-]+@[a-z0-9.-]+$/)
})

test.each(['hand-set@0', 'nobody', '', '@2', 'hand-set@'])('there is no "%s"', (name) => {
  expect(() => findDetector(name)).toThrow(DetectorUnknown)
  expect(() => rankerOf({ detector: name })).toThrow(DetectorUnknown)
})

test('plain data is enough to have one again, with its taste', () => {
  const ranker = rankerOf({ detector: standardDetector, taste })
  const again = rankerOf(structuredClone({ detector: ranker.detector, taste: ranker.taste }))
  expect(again.detector).toEqual(ranker.detector)
  expect(again.taste).toEqual(taste)
  expect(rankerOf({ detector: standardDetector, taste: noTaste }).taste).toBeUndefined()
})
