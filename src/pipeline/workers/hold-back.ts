import type { Machine } from '../../observability/machine.ts'

/** How much a worker holds back because its machine is busy; changed by one at a time and seldom, so that it does not swing. */
export interface Restraint {
  /** Fewer steps of each kind at once than fit. */
  steps: number
  /** When it last changed, or began; milliseconds of a clock that only goes forward. */
  since: number
}

// Twice as much to run as there are cores: one more step would only slow the others down. Between the two nothing changes.
const busyLoad = 2
const calmLoad = 1.25
// The load is an average over a minute; pressure, where the kernel tells it, says sooner that a burst is over.
const calmCpuPressure = 0.2
// A tenth of the time everything stands still for memory: pages are read again and again.
const busyMemoryPressure = 0.1
const calmMemoryPressure = 0.02
// A quarter of the load's minute, so that one change shows before the next; up again more slowly than down.
const downAfterMs = 15_000
const upAfterMs = 30_000
// More would only take longer to come back from.
const mostHeldBack = 16

/** What a worker holds back from now on. Pure. */
export function holdBack(before: Restraint, machine: Machine, now: number): Restraint {
  const waited = now - before.since
  const mood = moodOf(machine)
  if (mood === 'busy' && waited >= downAfterMs && before.steps < mostHeldBack)
    return { steps: before.steps + 1, since: now }
  if (mood === 'calm' && waited >= upAfterMs && before.steps > 0) return { steps: before.steps - 1, since: now }
  return before
}

function moodOf({ loadPerCore, cpuPressure, memoryPressure }: Machine): 'busy' | 'calm' | 'between' {
  const load = loadPerCore ?? 0
  const memory = memoryPressure ?? 0
  const isOver = cpuPressure !== null && cpuPressure < calmCpuPressure
  if (memory > busyMemoryPressure || (load > busyLoad && !isOver)) return 'busy'
  return memory < calmMemoryPressure && (load < calmLoad || isOver) ? 'calm' : 'between'
}
