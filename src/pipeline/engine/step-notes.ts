import type { Kysely } from 'kysely'
import { inTurn } from '../../database/in-turn.ts'
import type { Tables } from '../../database/tables.ts'
import type { Progress } from '../../domain/run.ts'
import { type ChildProcess, removeChildProcesses, saveChildProcesses } from '../../library/child-processes.store.ts'
import type { Step } from '../../library/steps.store.ts'
import { noteWork } from '../../library/steps-with-jobs.store.ts'
import type { Logger } from '../../observability/logger.ts'
import type { ClaimedJob } from '../../queue/claimed-job.ts'
import { lost, touching } from '../../queue/job-statements.ts'
import { together } from './together.ts'

// A third of what the queue waits for, so that two lost beats are forgiven.
const beatMs = 3000
const tickMs = 250
// As long as the database is away there is no use in asking more often.
const retryMs = 1000

/** A step in our hands, as far as notes are taken of it. */
export interface NotedStep {
  /** How far it is; cheap, may be called often. */
  report(progress: Progress): void
  /** Stores what was reported last. Resolves when no note of the step is on its way any more; nothing it reports afterwards is kept. Never throws. */
  settle(): Promise<void>
  /** Takes no more notes of it. */
  letGo(): Promise<void>
}

interface Held {
  job: ClaimedJob
  stepId: string
  /** What was reported and not stored yet. */
  untold: Progress | null
  isEnding: boolean
  onLost: () => void
}

/**
 * What a process notes of the steps it works on: that it is still at it, how far they are, which programs they have started. All of it over one
 * connection at a time and all steps in one statement, so that a step never takes a second connection beside the one its work may hold.
 */
export class StepNotes {
  readonly #db: Kysely<Tables>
  readonly #logger: Logger
  readonly #held = new Set<Held>()
  readonly #turn = inTurn()
  #timer: NodeJS.Timeout | null = null
  #isWriting = false
  #isAway = false
  /** Of `performance.now()`. */
  #beatAt = 0
  #notBefore = 0

  constructor({ db, logger }: { db: Kysely<Tables>; logger: Logger }) {
    this.#db = db
    this.#logger = logger
  }

  /** Notes a program when it has started. Resolves when it is stored. */
  readonly childStarted = together((children: readonly ChildProcess[]) =>
    this.#turn(() => saveChildProcesses(this.#db, children)),
  )

  readonly childEnded = together((children: readonly Pick<ChildProcess, 'stepId' | 'pid'>[]) =>
    this.#turn(() => removeChildProcesses(this.#db, children)),
  )

  /** Keeps a claim alive from now on; `onLost` is called when it is found to be lost, but not once the step is settled. */
  keep({ job, step }: { job: ClaimedJob; step: Pick<Step, 'id'> }, onLost: () => void): NotedStep {
    const held: Held = { job, stepId: step.id, untold: null, isEnding: false, onLost }
    if (this.#held.size === 0) this.#start()
    this.#held.add(held)
    return {
      report: (progress) => {
        if (!held.isEnding) held.untold = progress
      },
      settle: () => {
        held.isEnding = true
        return this.#turn(async () => {
          if (held.untold !== null) await this.#write()
        })
      },
      letGo: () => {
        this.#held.delete(held)
        if (this.#held.size === 0) this.#pause()
        return this.#turn(() => Promise.resolve())
      },
    }
  }

  #start(): void {
    // What was just claimed counts as alive.
    this.#beatAt = performance.now()
    this.#timer = setInterval(() => this.#tick(), tickMs)
  }

  #pause(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  #tick(): void {
    if (this.#isWriting || performance.now() < this.#notBefore) return
    this.#isWriting = true
    void this.#turn(() => this.#write()).finally(() => {
      this.#isWriting = false
    })
  }

  async #write(): Promise<void> {
    const now = performance.now()
    const beating = now - this.#beatAt >= beatMs ? [...this.#held] : []
    const told = [...this.#held].flatMap((held) => (held.untold === null ? [] : [{ held, progress: held.untold }]))
    if (beating.length === 0 && told.length === 0) return
    for (const { held } of told) held.untold = null
    const jobs = beating.map(({ job }) => job)
    try {
      const gone = await noteWork(this.#db, {
        touching: touching(jobs),
        lost: lost(jobs),
        reports: told.map(({ held: { stepId, job }, progress }) => ({ id: stepId, job, progress })),
      })
      this.#isAway = false
      if (beating.length > 0) this.#beatAt = now
      for (const held of beating) if (gone.has(held.job.id) && this.#held.has(held) && !held.isEnding) held.onLost()
    } catch (error) {
      for (const { held, progress } of told) held.untold ??= progress
      this.#notBefore = performance.now() + retryMs
      this.#logger[this.#isAway ? 'debug' : 'warn']({ err: error }, 'could not note how the steps are; trying again')
      this.#isAway = true
    }
  }
}
