import { expect, it } from 'vitest'
import { type StepKind, stepKinds } from '../../domain/run.ts'
import type { Machine } from '../../observability/machine.ts'
import { Capacity } from './capacity.ts'
import type { Bounds } from './how-many.ts'

const bounds = Object.fromEntries(stepKinds.map((kind) => [kind, { least: 1, most: 64 }])) as Record<StepKind, Bounds>

function capacityOf(start: Partial<Machine> = {}) {
  const now = { ms: 0, machine: { ...machine, ...start }, looks: 0 }
  const capacity = new Capacity({
    bounds,
    look: () => {
      now.looks++
      return now.machine
    },
    now: () => now.ms,
  })
  return { capacity, now }
}

const machine: Machine = {
  cores: 8,
  loadPerCore: 0,
  cpuPressure: null,
  totalMegabytes: 8000,
  freeMegabytes: 5000,
  memoryPressure: null,
}
const none: ReadonlyMap<StepKind, number> = new Map()

it('looks at the machine now and then only', () => {
  const { capacity, now } = capacityOf()
  for (now.ms = 0; now.ms < 10_000; now.ms += 100) capacity.look()
  expect(now.looks).toBe(5)
})

it('what it has just begun counts before the machine shows it', () => {
  const { capacity, now } = capacityOf()
  const active = new Map<StepKind, number>()
  for (let begun = 0; begun < 4 && begun < capacity.of('cut', active).count; ) {
    capacity.took('cut')
    active.set('cut', ++begun)
  }
  // 5000 MB less the tenth that is spared hold four of 900 MB.
  expect(active.get('cut')).toBe(4)
  expect(capacity.of('reframe', active)).toEqual({ count: 1, of: 8, short: 'memory' })
  now.ms = 2000
  now.machine = { ...machine, freeMegabytes: 4000 }
  capacity.look()
  expect(capacity.of('reframe', active)).toEqual({ count: 8, of: 8, short: null })
})

it('says what is short, of the kinds it takes', () => {
  const { capacity, now } = capacityOf({ loadPerCore: 9 })
  now.ms = 16_000
  capacity.look()
  expect(capacity.describe(['reframe', 'cut'], none)).toEqual({
    limits: { reframe: 7, cut: 3 },
    shortages: [
      { kind: 'reframe', count: 7, of: 8, short: 'load' },
      { kind: 'cut', count: 3, of: 4, short: 'load' },
    ],
  })
})
