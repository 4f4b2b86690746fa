import { expect, test } from 'vitest'
import { chooseFrameRate, perSecond } from './choose-frame-rate.ts'

test.each([
  [23.976, '24000/1001'],
  [24, '24/1'],
  [25, '25/1'],
  [29.97, '30000/1001'],
  [29.970029, '30000/1001'],
  [30, '30/1'],
  [30.02, '30/1'],
  [50, '50/1'],
  [59.94, '60000/1001'],
  [60, '60/1'],
])('a standard rate of %d stays %s', (frameRate, wanted) => {
  const { numerator, denominator } = chooseFrameRate({ frameRate, variableFrameRate: false })
  expect(`${numerator}/${denominator}`).toBe(wanted)
})

test.each([
  ['slow surveillance video', 10, 30],
  ['an odd rate in between', 27, 30],
  ['faster than anyone shows', 120, 60],
  ['a rate nobody knows', 0, 30],
  ['not a number', Number.NaN, 30],
])('%s gets a rate that plays everywhere', (_, frameRate, wanted) => {
  expect(perSecond(chooseFrameRate({ frameRate, variableFrameRate: false }))).toBe(wanted)
})

test('a variable rate and no picture at all become 30', () => {
  expect(perSecond(chooseFrameRate({ frameRate: 48.3, variableFrameRate: true }))).toBe(30)
  expect(perSecond(chooseFrameRate(null))).toBe(30)
})
