import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { AppError } from '../../domain/app-error.ts'
import type { Progress, StepKind } from '../../domain/run.ts'
import type { Run } from '../../library/runs.store.ts'
import type { ChildProcessLedger } from '../../media/child-process-ledger.ts'
import type { Media } from '../../media/create-media.ts'
import type { Logger } from '../../observability/logger.ts'
import type { RunSettings } from '../run-settings.ts'

/** What a handler gets to do one step: fresh state, tools that stop when the step is stopped, and the way to finish. */
export interface StepContext {
  readonly step: { readonly id: string; readonly kind: StepKind; readonly subject: number; readonly attempt: number }
  readonly run: Run
  readonly settings: RunSettings
  readonly db: Kysely<Tables>
  readonly media: Media
  /** Remembers programs that are started by other ways than `media`. */
  readonly ledger: ChildProcessLedger
  readonly dataFolder: string
  readonly logger: Logger
  /** Aborts when the run is cancelled, the claim is lost, or the process stops. */
  readonly signal: AbortSignal

  /** A folder of this attempt alone; it is gone when the attempt ends. */
  workFolder(): Promise<string>

  /** Says how far the step is; cheap, may be called often. */
  report(progress: Progress): void

  /** What another step of this run put out, as stored; parse it with the schema beside its job. */
  outputOf(kind: StepKind, subject?: number): Promise<unknown>

  /**
   * Finishes the step with what an equal step put out before; false when there is no such thing or `check` says that it
   * is no longer there. `also` runs in the finishing transaction.
   */
  reuse(memoKey: string, options?: ReuseOptions): Promise<boolean>

  /**
   * Saves the result, the step's completion and what is ready next in one transaction: all of it or none.
   * `save` returns the step's output; fields named like the run's pins are pinned to the run.
   * @throws ClaimLost when the step is no longer ours; nothing is saved then
   */
  finish(save: (tx: Transaction<Tables>) => Promise<object>, options?: FinishOptions): Promise<void>

  /**
   * Ends the step for now, instead of `finish`: there are no words and nobody who listens. It goes on by itself when that changes.
   * @throws ClaimLost when the step is no longer ours
   */
  waitForTranscript(options: WaitOptions): Promise<void>
}

export interface WaitOptions {
  /** Says what would help. */
  error: AppError
  /** Names what could have helped when it was tried: once that is another, it is tried again by itself. */
  way: string
}

export interface ReuseOptions {
  check?: (output: unknown) => Promise<boolean>
  also?: (tx: Transaction<Tables>, output: unknown) => Promise<void>
}

export interface FinishOptions {
  /** Remembers the output under this key, for `reuse`. */
  memoKey?: string
  /** The result was there already. */
  reused?: boolean
}

export type StepHandler = (context: StepContext) => Promise<void>
