import { describe, expect, it } from 'vitest'
import type { Machine } from '../../observability/machine.ts'
import { holdBack, type Restraint } from './hold-back.ts'

const quiet: Machine = {
  cores: 4,
  loadPerCore: 0.2,
  cpuPressure: null,
  totalMegabytes: 8000,
  freeMegabytes: 6000,
  memoryPressure: 0,
}

/** What is held back after so many seconds of looking every two seconds at a machine that is always the same, or changes with the time. */
function after(seconds: number, machine: (second: number) => Partial<Machine>, start = 0) {
  let restraint: Restraint = { steps: start, since: 0 }
  const all: number[] = []
  for (let second = 0; second <= seconds; second += 2) {
    restraint = holdBack(restraint, { ...quiet, ...machine(second) }, second * 1000)
    all.push(restraint.steps)
  }
  return { steps: restraint.steps, changes: all.filter((steps, i) => i > 0 && steps !== all[i - 1]).length }
}

it('a busy machine is taken less of, one step at a time', () => {
  expect(after(14, () => ({ loadPerCore: 5 })).steps).toBe(0)
  expect(after(16, () => ({ loadPerCore: 5 })).steps).toBe(1)
  expect(after(32, () => ({ loadPerCore: 5 })).steps).toBe(2)
  expect(after(3600, () => ({ loadPerCore: 5 })).steps).toBe(16)
})

it('a calm one is taken more of again, more slowly', () => {
  expect(after(28, () => ({}), 2).steps).toBe(2)
  expect(after(30, () => ({}), 2).steps).toBe(1)
  expect(after(60, () => ({}), 2).steps).toBe(0)
  expect(after(600, () => ({}), 2).steps).toBe(0)
})

describe('does not swing', () => {
  it.each([1.25, 1.6, 2])('at a load of %d it stays as it is', (loadPerCore) => {
    expect(after(600, () => ({ loadPerCore }), 3)).toEqual({ steps: 3, changes: 0 })
  })

  it('when the load jumps up and down faster than it averages', () => {
    const { changes } = after(600, (second) => ({ loadPerCore: second % 4 === 0 ? 3 : 0.5 }))
    expect(changes).toBeLessThanOrEqual(600 / 15)
    expect(after(14, (second) => ({ loadPerCore: second % 4 === 0 ? 3 : 0.5 })).changes).toBe(0)
  })
})

it.each<[string, Partial<Machine>, number]>([
  ['the average is old: nothing waits any more', { loadPerCore: 5, cpuPressure: 0.05 }, 0],
  ['the load is there now', { loadPerCore: 5, cpuPressure: 0.9 }, 1],
  ['memory stands still', { memoryPressure: 0.3 }, 1],
  ['memory stands still, processors wait for it', { memoryPressure: 0.3, cpuPressure: 0 }, 1],
  ['Windows tells no load', { loadPerCore: null }, 0],
])('%s', (_, machine, steps) => {
  expect(after(20, () => machine).steps).toBe(steps)
})

it('memory that is short a little brings nothing back', () => {
  expect(after(600, () => ({ memoryPressure: 0.05 }), 1).steps).toBe(1)
})
