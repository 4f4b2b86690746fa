import { expect, it } from 'vitest'
import { ProcessMeter } from './process-meter.ts'

it('sees that the process was busy and late, and forgets it at the next reading', async () => {
  using meter = new ProcessMeter()
  meter.read()
  // What is measured begins with the first look after a reading.
  await tick()
  const until = performance.now() + 150
  while (performance.now() < until);
  await tick()
  const busy = meter.read()
  // On a busy machine it gets little of the time.
  expect(busy.processCpu).toBeGreaterThan(0)
  expect(busy.machineCpu).toBeGreaterThan(0)
  expect(busy.machineCpu).toBeLessThanOrEqual(1)
  expect(busy.loopDelay.most).toBeGreaterThan(100)
  expect(busy.memoryBytes).toBeGreaterThan(10e6)
  expect(busy.machineMemory.free).toBeLessThan(busy.machineMemory.total)
  expect(meter.read().loopDelay.most).toBeLessThan(100)
})

it('has no nonsense before anything was measured', () => {
  using meter = new ProcessMeter()
  const { loopDelay, processCpu, machineCpu } = meter.read()
  for (const figure of [...Object.values(loopDelay), processCpu, machineCpu]) {
    expect(figure).toBeGreaterThanOrEqual(0)
    expect(figure).toBeLessThan(1000)
  }
})

/** Long enough for the meter to look at the clock a few times. */
const tick = () => new Promise((resolve) => setTimeout(resolve, 60))
