import { performance } from 'node:perf_hooks'
import { type StepKind, stepKinds } from '../../domain/run.ts'
import type { Shortage } from '../../domain/worker.ts'
import { type Machine, readMachine } from '../../observability/machine.ts'
import { holdBack, type Restraint } from './hold-back.ts'
import { type Bounds, type HowMany, howMany } from './how-many.ts'
import { type StepCost, stepCosts } from './step-costs.ts'

export interface CapacityOptions {
  bounds: Record<StepKind, Bounds>
  costs?: Readonly<Record<StepKind, StepCost>> | undefined
  /** Others in tests. */
  look?: () => Machine
  now?: () => number
}

// The machine's own numbers are averages over ten seconds and more.
const lookEveryMs = 2000

/** How much a worker may take on, as its machine stands. */
export class Capacity {
  readonly #bounds: Record<StepKind, Bounds>
  readonly #costs: Readonly<Record<StepKind, StepCost>>
  readonly #look: () => Machine
  readonly #now: () => number
  #machine: Machine
  #lookedAt: number
  #restraint: Restraint
  #promised = 0

  constructor({ bounds, costs = stepCosts, look = readMachine, now = () => performance.now() }: CapacityOptions) {
    this.#bounds = bounds
    this.#costs = costs
    this.#look = look
    this.#now = now
    this.#machine = look()
    this.#lookedAt = now()
    this.#restraint = { steps: 0, since: this.#lookedAt }
  }

  get machine(): Machine {
    return this.#machine
  }

  /** Cheap, may be called often: the machine is looked at every two seconds. */
  look(): void {
    const now = this.#now()
    if (now - this.#lookedAt < lookEveryMs) return
    this.#machine = this.#look()
    this.#lookedAt = now
    this.#promised = 0
    this.#restraint = holdBack(this.#restraint, this.#machine, now)
  }

  /** Steps are begun: their memory will be taken before the next look shows it. Fewer than none: they were not, after all. */
  took(kind: StepKind, steps = 1): void {
    this.#promised += steps * this.#costs[kind].megabytes
  }

  /** How many steps of a kind may be under way while these are. */
  of(kind: StepKind, active: ReadonlyMap<StepKind, number>): HowMany {
    return howMany(kind, {
      machine: this.#machine,
      costs: this.#costs,
      active,
      bounds: this.#bounds[kind],
      heldBack: this.#restraint.steps,
      promisedMegabytes: this.#promised,
    })
  }

  /** For people: how many of each kind it takes now, and of which fewer than it could, and why. */
  describe(
    kinds: readonly StepKind[],
    active: ReadonlyMap<StepKind, number>,
  ): { limits: Partial<Record<StepKind, number>>; shortages: Shortage[] } {
    const limits: Partial<Record<StepKind, number>> = {}
    const shortages: Shortage[] = []
    for (const kind of stepKinds.filter((each) => kinds.includes(each))) {
      const { count, of, short } = this.of(kind, active)
      limits[kind] = count
      if (short !== null) shortages.push({ kind, count, of, short })
    }
    return { limits, shortages }
  }
}
