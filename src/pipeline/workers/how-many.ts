import type { StepKind } from '../../domain/run.ts'
import type { Machine } from '../../observability/machine.ts'
import type { StepCost } from './step-costs.ts'

/** What a person has set for one kind of step. */
export interface Bounds {
  /** At least so many, whatever the machine says; 1 unless told. */
  least: number
  /** At most so many. */
  most: number
  /** Named by a person: taken instead of what the cores would allow. Less memory or more load still make it fewer. */
  wanted?: number | undefined
}

export interface HowMany {
  /** Steps of the kind that may be under way at once. */
  count: number
  /** What it would be were nothing short. */
  of: number
  /** What is short; null when nothing is. */
  short: 'memory' | 'load' | null
}

export interface Situation {
  machine: Machine
  costs: Readonly<Record<StepKind, StepCost>>
  /** Steps under way in this worker. */
  active: ReadonlyMap<StepKind, number>
  bounds: Bounds
  /** By how many it holds back because of the load. */
  heldBack: number
  /** Memory that steps will take which were begun after `machine` was looked at. */
  promisedMegabytes?: number
}

// What is left to the system, to the database and to whoever else works on the machine.
const sparedShare = 0.1
const sparedMegabytes = 256

/** How many steps of a kind a worker may have under way: what cores, memory and load allow, within the bounds, and never none. */
export function howMany(kind: StepKind, situation: Situation): HowMany {
  const { machine, costs, bounds, heldBack } = situation
  const least = Math.max(1, bounds.least)
  const most = Math.max(least, bounds.most)
  const byCores = bounds.wanted ?? Math.floor(machine.cores / costs[kind].cores)
  const of = within(least, byCores, most)
  const byMemory = Math.max(least, fitInMemory(kind, situation))
  const byLoad = Math.max(least, of - heldBack)
  const count = Math.min(of, byMemory, byLoad)
  if (count === of) return { count, of, short: null }
  return { count, of, short: byMemory <= byLoad ? 'memory' : 'load' }
}

/** By what is there in all and what all our steps come to take, and by what is free right now. */
function fitInMemory(kind: StepKind, { machine, costs, active, promisedMegabytes = 0 }: Situation): number {
  const each = costs[kind].megabytes
  const underWay = active.get(kind) ?? 0
  const spared = Math.max(sparedMegabytes, sparedShare * machine.totalMegabytes)
  let others = 0
  for (const [other, count] of active) if (other !== kind) others += count * costs[other].megabytes
  const inAll = Math.floor((machine.totalMegabytes - spared - others) / each)
  if (machine.freeMegabytes === null) return inAll
  const now = underWay + Math.floor((machine.freeMegabytes - promisedMegabytes - spared) / each)
  return Math.min(inAll, now)
}

function within(least: number, wish: number, most: number): number {
  return Math.min(most, Math.max(least, wish))
}
