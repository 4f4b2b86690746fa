import { expect, test } from 'vitest'
import { planTurns } from './plan-turns.ts'

const scene = { start: 0, end: 20 }
const turn = (person: number, start: number, end: number) => ({ person, start, end })

test('changes where a turn begins; a pause belongs to who spoke before', () => {
  expect(planTurns(scene, [turn(1, 1, 6), turn(2, 8, 19)])).toEqual([
    { start: 0, end: 8, person: 1 },
    { start: 8, end: 20, person: 2 },
  ])
})

test('a short "yes" does not change the picture', () => {
  expect(planTurns(scene, [turn(1, 0, 6), turn(2, 6, 6.8), turn(1, 7, 20)])).toEqual([{ start: 0, end: 20, person: 1 }])
})

test('is never faster than 1.5 s, at the ends neither', () => {
  const turns = [turn(1, 0, 1.6), turn(2, 1.2, 3), turn(1, 2, 17), turn(2, 19, 20.6)]
  for (const { start, end } of planTurns(scene, turns)) expect(end - start).toBeGreaterThanOrEqual(1.5)
})

test('all short: the first one is shown', () => {
  expect(planTurns({ start: 3, end: 5 }, [turn(2, 3, 4), turn(1, 4, 5)])).toEqual([{ start: 3, end: 5, person: 2 }])
})

test('nobody speaks, nobody is chosen', () => {
  expect(planTurns(scene, [])).toEqual([])
})
