import type { ProcessIdentity } from './process-identity.ts'
import type { StepKind } from './run.ts'

/** A process that carries out steps, as it last said of itself. */
export interface WorkerState {
  id: string
  identity: ProcessIdentity
  /** What it takes on. */
  kinds: StepKind[]
  /** Most steps of each kind at a time. */
  limits: Partial<Record<StepKind, number>>
  /** The one run it works on; null for all. */
  onlyRun: string | null
  /** `draining`: it takes nothing new and ends when what it holds is done. */
  status: 'working' | 'draining'
  doing: WorkInHand[]
  /** Steps it has ended since it started. */
  doneCount: number
  memoryBytes: number
  startedAt: Date
  beatAt: Date
}

/** A step that a worker holds. */
export interface WorkInHand {
  stepId: string
  kind: StepKind
  runId: string
}
