import { performance } from 'node:perf_hooks'
import type { ClientConfig } from 'pg'
import { type StepKind, stepKinds } from '../domain/run.ts'
import { beginStep } from '../library/steps.store.ts'
import { thisProcess } from '../observability/this-process.ts'
import type { ClaimedJob } from '../queue/job-queue.ts'
import { WakeUp } from '../queue/wake-up.ts'
import { carryOutStep, RunEnded, Stopping, type Workshop } from './carry-out-step.ts'
import { runEndedChannel } from './finish-step.ts'
import { settleLostSteps } from './settle-lost-steps.ts'

export interface Worker {
  /** Ends what is under way and gives it back to the queue; resolves when nothing of ours runs any more. */
  stop(): Promise<void>
}

interface WorkerOptions {
  /** For the LISTEN connection. */
  connection: ClientConfig
  /** Most steps of each kind at the same time. */
  limits: Record<StepKind, number>
  /** Works on this run alone and leaves others be. */
  onlyRun?: string | undefined
}

/** Takes steps from the queue and carries them out, as many at once as the limits allow, until it is stopped. */
export async function startWorker(workshop: Workshop, options: WorkerOptions): Promise<Worker> {
  const worker = new RunningWorker(workshop, options)
  await worker.start()
  return worker
}

// As often as a silent queue is looked at.
const lookAroundMs = 1000

class RunningWorker implements Worker {
  readonly #workshop: Workshop
  readonly #options: WorkerOptions
  readonly #active = new Map<string, { kind: StepKind; runId: string; stop: AbortController; done: Promise<void> }>()
  readonly #toTry = new Set<StepKind>(stepKinds)
  #wakeUp: WakeUp | null = null
  #loop: Promise<void> = Promise.resolve()
  #stopping = false

  constructor(workshop: Workshop, options: WorkerOptions) {
    this.#workshop = workshop
    this.#options = options
  }

  async start(): Promise<void> {
    const { queue, logger } = this.#workshop
    const queueChannel = queue.channel()
    this.#wakeUp = new WakeUp({
      connection: this.#options.connection,
      channels: [queueChannel, runEndedChannel],
      logger,
      onNotification: (channel, payload) => {
        if (channel === runEndedChannel) this.#letGoOf(payload)
        else this.#tryKind(payload)
      },
    })
    await this.#wakeUp.start()
    this.#loop = this.#work(this.#wakeUp)
  }

  async stop(): Promise<void> {
    this.#stopping = true
    for (const { stop } of this.#active.values()) stop.abort(new Stopping())
    this.#wakeUp?.wake()
    await this.#loop
    await Promise.all([...this.#active.values()].map(({ done }) => done))
    await this.#wakeUp?.close()
  }

  async #work(wakeUp: WakeUp): Promise<void> {
    let lookedAt = performance.now()
    while (!this.#stopping) {
      try {
        await this.#claimWhatFits()
      } catch (error) {
        this.#workshop.logger.warn({ err: error }, 'could not take work from the queue; trying again')
      }
      if (this.#stopping) return
      const woken = await wakeUp.wait()
      // Not only in silence: while others finish step after step, a lost one must be seen as well.
      if (woken === 'notified' && performance.now() - lookedAt < lookAroundMs) continue
      await this.#lookAround()
      lookedAt = performance.now()
    }
  }

  /** Looks for jobs that nobody told us of, and for steps whose job ended without us. */
  async #lookAround(): Promise<void> {
    const { onlyRun } = this.#options
    try {
      await settleLostSteps(this.#workshop, onlyRun)
      const waiting = await this.#workshop.queue.kindsWaiting(onlyRun)
      for (const kind of stepKinds) if (waiting.has(kind)) this.#toTry.add(kind)
    } catch (error) {
      this.#workshop.logger.warn({ err: error }, 'could not look around; trying again')
    }
  }

  async #claimWhatFits(): Promise<void> {
    for (const kind of this.#toTry) {
      // Before the look, not after it: a call that comes during the look counts for the next one.
      this.#toTry.delete(kind)
      while (!this.#stopping && this.#countOf(kind) < this.#options.limits[kind]) {
        const job = await this.#claim(kind)
        if (!job) break
      }
    }
  }

  async #claim(kind: StepKind): Promise<ClaimedJob | null> {
    const { queue } = this.#workshop
    const claim = await queue.claim(kind, {
      onlyGroup: this.#options.onlyRun,
      onClaim: (tx, { payload, retryCount }) =>
        beginStep(tx, { id: payload.stepId, attempts: retryCount + 1, holder: thisProcess() }),
    })
    if (!claim) return null
    const { job, claimed: step } = claim
    const stop = new AbortController()
    const done = carryOutStep(this.#workshop, { job, step, stop })
      .catch((error: unknown) => this.#workshop.logger.error({ err: error }, 'a step broke its worker'))
      .finally(() => {
        this.#active.delete(job.id)
        this.#tryKind(kind)
      })
    this.#active.set(job.id, { kind, runId: step.runId, stop, done })
    if (this.#stopping) stop.abort(new Stopping())
    return job
  }

  #countOf(kind: StepKind): number {
    return [...this.#active.values()].filter((active) => active.kind === kind).length
  }

  #tryKind(name: string): void {
    const kind = stepKinds.find((candidate) => candidate === name)
    if (kind) this.#toTry.add(kind)
    this.#wakeUp?.wake()
  }

  #letGoOf(runId: string): void {
    for (const active of this.#active.values()) {
      if (active.runId === runId) active.stop.abort(new RunEnded())
    }
  }
}
