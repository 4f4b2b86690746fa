import type { StepKind, StepStatus } from '../../domain/run.ts'

/** One step of a run as the command line shows it. */
export interface ProgressStep {
  kind: StepKind
  /** What it works on when there are several of its kind, e.g. `clip 3`. */
  subject: string | null
  status: StepStatus
  /** 0 to 1. */
  fraction: number
  /** What is being done or waited for, e.g. `measuring loudness`. */
  message: string
  /** Milliseconds since 1970; null until it starts, and until it ends. */
  startedAt: number | null
  finishedAt: number | null
  /** Its result was there already. */
  reused: boolean
  /** Seconds of recording it reads, for the speed; null where speed means nothing. */
  mediaSeconds: number | null
}

/** A run at one moment. */
export interface ProgressState {
  steps: readonly ProgressStep[]
  /** Milliseconds since 1970. */
  now: number
}
