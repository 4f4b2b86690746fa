import type { ProcessIdentity } from './process-identity.ts'
import type { StepKind } from './run.ts'

/** A process that carries out steps, as it last said of itself. */
export interface WorkerState {
  id: string
  identity: ProcessIdentity
  /** What it takes on. */
  kinds: StepKind[]
  /** Steps of each kind it takes at a time, as its machine stands. */
  limits: Partial<Record<StepKind, number>>
  /** The one run it works on; null for all. */
  onlyRun: string | null
  /** `draining`: it takes nothing new and ends when what it holds is done. */
  status: 'working' | 'draining'
  doing: WorkInHand[]
  /** Steps it has ended since it started. */
  doneCount: number
  /** How often its process was started anew, after steps, memory or a crash. */
  restarts: number
  /** Of which kinds it takes fewer than it could, and why. */
  shortages: Shortage[]
  memoryBytes: number
  /** Tasks that want to run, for each core of its machine, over the last minute; null where unknown. */
  loadPerCore: number | null
  /** Of its machine or container; null where unknown. */
  freeMegabytes: number | null
  /** How late its process came to what was due since the beat before, milliseconds, 99 of 100; null before the first. */
  loopDelayMs: number | null
  startedAt: Date
  beatAt: Date
}

/** A step that a worker holds. */
export interface WorkInHand {
  stepId: string
  kind: StepKind
  runId: string
}

/** It takes `count` steps of a kind at once where it could take `of`. */
export interface Shortage {
  kind: StepKind
  count: number
  of: number
  /** What there is too little of: memory, or processors (the load is high). */
  short: 'memory' | 'load'
}
