import { expect, it } from 'vitest'
import { calibrate } from './calibrate.ts'

it('keeps the order and stays between 0 and 1', () => {
  const scores = [3, -200, 0.5, 1e6, 0.4]
  const calibrated = calibrate(scores)
  const order = (values: number[]) => values.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  expect(order(calibrated)).toEqual(order(scores))
  for (const value of calibrated) expect(value > 0 && value < 1).toBe(true)
})

it('gives 0.5 when nothing stands out', () => {
  expect(calibrate([7])).toEqual([0.5])
  expect(calibrate([2, 2, 2])).toEqual([0.5, 0.5, 0.5])
  expect(calibrate([])).toEqual([])
})
