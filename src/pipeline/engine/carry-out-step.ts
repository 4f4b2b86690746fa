import { mkdir } from 'node:fs/promises'
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { AppError, type ErrorRecord, toErrorRecord } from '../../domain/app-error.ts'
import { asNoSpace } from '../../domain/no-space.ts'
import type { StepKind } from '../../domain/run.ts'
import { findMemo } from '../../library/memos.store.ts'
import type { Run } from '../../library/runs.store.ts'
import { findOutput, type Step } from '../../library/steps.store.ts'
import type { ChildProcessLedger } from '../../media/child-process-ledger.ts'
import { createMedia } from '../../media/create-media.ts'
import type { MediaTools } from '../../media/media-tools.ts'
import type { Logger } from '../../observability/logger.ts'
import { identify } from '../../observability/this-process.ts'
import { type ClaimedJob, ClaimLost } from '../../queue/claimed-job.ts'
import { type JobQueue } from '../../queue/job-queue.ts'
import { runSettings } from '../run-settings.ts'
import type { ClaimedStep } from './claim-steps.ts'
import { endToolsOfEarlierAttempts } from './end-orphans.ts'
import { failAttempt, giveBackStep, type StepEnd } from './finish-step.ts'
import type { FinishOptions, ReuseOptions, StepContext, StepHandler, WaitOptions } from './step-context.ts'
import type { NotedStep, StepNotes } from './step-notes.ts'
import { untilAnswered } from './until-answered.ts'
import { waitForTranscript } from './wait-for-transcript.ts'
import { clearWorkFoldersOf, workFolderOf } from './work-folders.ts'

/** What carrying out steps takes; the same for every step of a process. */
export interface Workshop {
  db: Kysely<Tables>
  queue: JobQueue
  notes: StepNotes
  handlers: Record<StepKind, StepHandler>
  tools: MediaTools
  dataFolder: string
  logger: Logger
}

/** The way of one worker to end a step that succeeded, together with others that end meanwhile. @throws ClaimLost */
export type Finish = (end: StepEnd) => Promise<void>

/** The process is about to stop; the step goes back to the queue. */
export class Stopping extends AppError {
  readonly code = 'STOPPING'
  override readonly retry = 'later' as const
  constructor() {
    super('This process is stopping; the step goes back to the queue.')
  }
}

/** The run was cancelled or has failed elsewhere; what this step does is of no use any more. */
export class RunEnded extends AppError {
  readonly code = 'RUN_ENDED'
  constructor() {
    super('The run has ended; this step is not needed any more.')
  }
}

/**
 * Carries out one claimed step from its handler's start to its end in the database. Never throws: whatever goes wrong is
 * the step's error, or, when the claim was lost, no business of ours any more.
 */
export async function carryOutStep(
  workshop: Workshop,
  { job, step, run, stop, finish }: ClaimedStep & { stop: AbortController; finish: Finish },
): Promise<void> {
  const { db, notes } = workshop
  const logger = workshop.logger.child({ runId: step.runId, stepId: step.id, step: step.kind, attempt: step.attempts })
  const noted = notes.keep({ job, step }, () => stop.abort(new ClaimLost(job)))
  const attempt = new Attempt(workshop, { job, step, run, signal: stop.signal, logger, noted, finish })
  try {
    if (step.attempts > 1) await endToolsOfEarlierAttempts({ db, logger }, step.id)
    await workshop.handlers[step.kind](attempt.context())
    if (!attempt.finished) throw new Error(`the handler of ${step.kind} ended without finishing its step`)
    logger.info({ reused: attempt.reused }, attempt.waits ? 'step waits for a transcript' : 'step done')
  } catch (error) {
    await noted.settle()
    await handleFailure(workshop, { job, step, logger, error: stop.signal.aborted ? stop.signal.reason : error })
  } finally {
    await noted.letGo()
    await attempt.end()
  }
}

async function handleFailure(
  { db, queue }: Workshop,
  { job, step, logger, error }: { job: ClaimedJob; step: Step; logger: Logger; error: unknown },
): Promise<void> {
  if (error instanceof ClaimLost || error instanceof RunEnded) return logger.info('letting go of the step')
  try {
    if (error instanceof Stopping) return await giveBackStep({ db, queue, job, step })
    const record: ErrorRecord = toErrorRecord(asNoSpace(error))
    if (record.code === 'UNEXPECTED') logger.error({ err: error }, 'step failed unexpectedly')
    else logger.warn({ code: record.code }, record.message)
    await failAttempt({ db, queue, job, step }, { error: record })
  } catch (failure) {
    if (failure instanceof ClaimLost) return
    // The database is away: the claim runs out, and another attempt is made when it is back.
    logger.error({ err: failure }, 'could not record how the step ended')
  }
}

interface Attempted extends ClaimedStep {
  signal: AbortSignal
  logger: Logger
  noted: NotedStep
  finish: Finish
}

/** One attempt at one step: keeps what the context gives out, and cleans up after it. */
class Attempt {
  finished = false
  reused = false
  waits = false
  readonly #workshop: Workshop
  readonly #job: ClaimedJob
  readonly #step: Step
  readonly #run: Run
  readonly #signal: AbortSignal
  readonly #logger: Logger
  readonly #noted: NotedStep
  readonly #finishTogether: Finish
  #folder: Promise<string> | null = null

  constructor(workshop: Workshop, { job, step, run, signal, logger, noted, finish }: Attempted) {
    this.#workshop = workshop
    this.#job = job
    this.#step = step
    this.#run = run
    this.#signal = signal
    this.#logger = logger
    this.#noted = noted
    this.#finishTogether = finish
  }

  context(): StepContext {
    const { db, tools, dataFolder } = this.#workshop
    const run = this.#run
    const { id, kind, subject, attempts } = this.#step
    return {
      step: { id, kind, subject, attempt: attempts },
      run,
      settings: runSettings.parse(run.settings),
      db,
      media: createMedia({ tools, signal: this.#signal, ledger: this.#ledger(), logger: this.#logger }),
      ledger: this.#ledger(),
      dataFolder,
      logger: this.#logger,
      signal: this.#signal,
      workFolder: () => this.#workFolder(),
      report: (progress) => this.#noted.report(progress),
      outputOf: (kindOf, subjectOf = 0) => this.#outputOf(kindOf, subjectOf),
      reuse: (memoKey, options) => this.#reuse(memoKey, options),
      finish: (save, options) => this.#finish(save, options),
      waitForTranscript: (options) => this.#waitForTranscript(options),
    }
  }

  async end(): Promise<void> {
    if (this.#folder !== null || this.#step.attempts > 1) await this.#clear()
  }

  #workFolder(): Promise<string> {
    this.#folder ??= this.#makeWorkFolder()
    return this.#folder
  }

  async #makeWorkFolder(): Promise<string> {
    await this.#clear()
    const folder = workFolderOf(this.#workshop.dataFolder, this.#step)
    await mkdir(folder, { recursive: true })
    return folder
  }

  /** Of what an earlier, broken attempt may have left, too. */
  async #clear(): Promise<void> {
    await clearWorkFoldersOf(this.#workshop.dataFolder, this.#step.id)
  }

  async #outputOf(kind: StepKind, subject: number): Promise<unknown> {
    return findOutput(this.#workshop.db, { runId: this.#step.runId, kind, subject })
  }

  async #reuse(memoKey: string, { check, also }: ReuseOptions = {}): Promise<boolean> {
    const memo = await findMemo(this.#workshop.db, memoKey)
    if (!memo || typeof memo.output !== 'object' || memo.output === null) return false
    const output: object = memo.output
    if (check && !(await check(output))) return false
    const save = async (tx: Transaction<Tables>): Promise<object> => {
      await also?.(tx, output)
      return output
    }
    await this.#finish(save, { reused: true })
    return true
  }

  async #finish(
    save: (tx: Transaction<Tables>) => Promise<object>,
    { memoKey, reused = false }: FinishOptions = {},
  ): Promise<void> {
    this.#signal.throwIfAborted()
    await this.#noted.settle()
    const end = { job: this.#job, step: this.#step, save, reused, memoKey }
    // Done again after a commit whose answer was lost, it finds the claim gone: nothing is kept twice.
    await untilAnswered(() => this.#finishTogether(end), this.#signal)
    this.finished = true
    this.reused = reused
  }

  async #waitForTranscript({ error, way }: WaitOptions): Promise<void> {
    this.#signal.throwIfAborted()
    await this.#noted.settle()
    const { db, queue } = this.#workshop
    await waitForTranscript({ db, queue, job: this.#job, step: this.#step }, { error: toErrorRecord(error), way })
    this.finished = true
    this.waits = true
  }

  #ledger(): ChildProcessLedger {
    const { notes } = this.#workshop
    const stepId = this.#step.id
    return {
      started: async ({ pid, command }) => {
        const identity = identify(pid)
        if (identity) await notes.childStarted({ ...identity, stepId, command })
      },
      ended: ({ pid }) => notes.childEnded({ stepId, pid }),
    }
  }
}
