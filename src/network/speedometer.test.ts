import { expect, it } from 'vitest'
import { createSpeedometer } from './speedometer.ts'

it('says how fast it comes, and forgets how fast it came', () => {
  let seconds = 100
  const meter = createSpeedometer(() => seconds)
  expect(meter.bytesPerSecond()).toBeNull()
  for (let i = 0; i < 10; i++) {
    seconds += 1
    meter.add(1000)
  }
  expect(meter.bytesPerSecond()).toBeCloseTo(1000)
  for (let i = 0; i < 20; i++) {
    seconds += 1
    meter.add(10)
  }
  expect(meter.bytesPerSecond()).toBeCloseTo(10)
})

it('knows that nothing comes', () => {
  let seconds = 0
  const meter = createSpeedometer(() => seconds)
  seconds += 1
  meter.add(4000)
  seconds += 3
  expect(meter.bytesPerSecond()).toBe(1000)
})
