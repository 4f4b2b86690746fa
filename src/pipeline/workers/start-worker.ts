import { performance } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import type { ClientConfig } from 'pg'
import { type StepKind, stepKinds } from '../../domain/run.ts'
import { whenAborted } from '../../domain/when-aborted.ts'
import type { WorkInHand } from '../../domain/worker.ts'
import { getPausedKinds, pausesChannel } from '../../library/paused-kinds.store.ts'
import { WakeUp } from '../../queue/wake-up.ts'
import { carryOutStep, type Finish, RunEnded, Stopping, type Workshop } from '../engine/carry-out-step.ts'
import { type ClaimedStep, claimSteps } from '../engine/claim-steps.ts'
import { finishSteps, runEndedChannel } from '../engine/finish-step.ts'
import { settleLostSteps } from '../engine/settle-lost-steps.ts'
import { together } from '../engine/together.ts'
import type { Capacity } from './capacity.ts'
import { announceWorker } from './worker-presence.ts'

export interface Worker {
  /**
   * Takes nothing new; what is under way may end within `graceMs` (none unless told), then it is ended and given back to the queue. Resolves
   * when nothing of ours runs any more. Called again with less grace, it hurries.
   */
  stop(options?: { graceMs?: number }): Promise<void>
}

export interface WorkerOptions {
  /** For the LISTEN connection. */
  connection: ClientConfig
  /** How much it may take on; for this worker alone. */
  capacity: Capacity
  /** Works on this run alone and leaves others be. */
  onlyRun?: string | undefined
  /** Takes on these kinds of steps only; all unless told. */
  kinds?: readonly StepKind[] | undefined
  /** How often its process was started anew; never unless told. */
  restarts?: number | undefined
  /** Called when a step is begun, and when it is out of hand again, however it ended. */
  onChange?: ((step: { kind: StepKind; subject: number; runId: string; change: 'begun' | 'ended' }) => void) | undefined
}

/** Takes steps from the queue and carries them out, as many at once as its machine can bear, until it is stopped. */
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
  readonly #active = new Map<string, WorkInHand & { stop: AbortController; done: Promise<void> }>()
  readonly #kinds: readonly StepKind[]
  readonly #toTry: Set<StepKind>
  #paused: ReadonlySet<StepKind> = new Set()
  #isPausedNew = false
  #doneCount = 0
  #presence: AsyncDisposable | null = null
  #ended: Promise<void> | null = null
  readonly #hurry = new AbortController()
  #wakeUp: WakeUp | null = null
  #loop: Promise<void> = Promise.resolve()
  /** The look for work under way. */
  #claiming: Promise<void> | null = null
  readonly #finish: Finish
  #stopping = false

  constructor(workshop: Workshop, options: WorkerOptions) {
    this.#workshop = workshop
    this.#options = options
    this.#kinds = options.kinds ?? stepKinds
    this.#toTry = new Set(this.#kinds)
    this.#finish = together(
      (ends) => finishSteps(workshop, ends),
      (isFirst) => this.#untilOthersEnd(isFirst),
    )
  }

  async start(): Promise<void> {
    const { db, queue, logger } = this.#workshop
    const { connection, capacity, onlyRun, restarts = 0 } = this.#options
    this.#paused = await getPausedKinds(db)
    this.#wakeUp = new WakeUp({
      connection,
      channels: [queue.channel(), runEndedChannel, pausesChannel],
      logger,
      onNotification: (channel, payload) => {
        if (channel === runEndedChannel) this.#letGoOf(payload)
        else if (channel === pausesChannel) this.#learnPauses()
        else this.#tryKind(payload)
      },
    })
    await this.#wakeUp.start()
    this.#presence = await announceWorker({
      db,
      logger,
      kinds: this.#kinds,
      onlyRun: onlyRun ?? null,
      restarts,
      look: () => ({
        status: this.#stopping ? 'draining' : 'working',
        doing: [...this.#active.values()].map(({ stepId, kind, runId }) => ({ stepId, kind, runId })),
        doneCount: this.#doneCount,
        ...capacity.describe(this.#kinds, this.#counts()),
        loadPerCore: capacity.machine.loadPerCore,
        freeMegabytes: capacity.machine.freeMegabytes,
      }),
    })
    this.#loop = this.#work(this.#wakeUp)
  }

  stop({ graceMs = 0 } = {}): Promise<void> {
    this.#stopping = true
    this.#wakeUp?.wake()
    if (graceMs === 0) this.#hurry.abort()
    this.#ended ??= this.#end(graceMs)
    return this.#ended
  }

  async #end(graceMs: number): Promise<void> {
    await this.#loop
    const ended = () => Promise.all([...this.#active.values()].map(({ done }) => done))
    const patience = AbortSignal.any([this.#hurry.signal, ...(graceMs > 0 ? [AbortSignal.timeout(graceMs)] : [])])
    await Promise.race([ended(), whenAborted(patience)])
    for (const { stop } of this.#active.values()) stop.abort(new Stopping())
    await ended()
    await this.#wakeUp?.close()
    await this.#presence?.[Symbol.asyncDispose]()
  }

  async #work(wakeUp: WakeUp): Promise<void> {
    let lookedAt = performance.now()
    while (!this.#stopping) {
      try {
        this.#claiming = this.#claimWhatFits()
        await this.#claiming
      } catch (error) {
        this.#workshop.logger.warn({ err: error }, 'could not take work from the queue; trying again')
      }
      this.#claiming = null
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
    const { onlyRun, capacity } = this.#options
    capacity.look()
    try {
      await settleLostSteps(this.#workshop, onlyRun)
      const waiting = await this.#workshop.queue.kindsWaiting(onlyRun)
      this.#paused = await getPausedKinds(this.#workshop.db)
      for (const kind of this.#kinds) if (waiting.has(kind)) this.#toTry.add(kind)
    } catch (error) {
      this.#workshop.logger.warn({ err: error }, 'could not look around; trying again')
    }
  }

  async #claimWhatFits(): Promise<void> {
    // Steps that ended together are followed together.
    await setImmediate()
    if (this.#isPausedNew) {
      this.#isPausedNew = false
      this.#paused = await getPausedKinds(this.#workshop.db)
      for (const kind of this.#kinds) this.#toTry.add(kind)
    }
    const rooms = this.#promiseRooms()
    // Before the look, not after it: a call that comes during the look counts for the next one.
    this.#toTry.clear()
    if (this.#stopping || rooms.size === 0) return
    try {
      const claims = await claimSteps(this.#workshop, { rooms, onlyRun: this.#options.onlyRun })
      for (const claim of claims) this.#carryOut(claim)
    } finally {
      for (const [kind, count] of rooms) this.#options.capacity.took(kind, -count)
    }
  }

  /** How many more of each kind there is room for, when all of them come. */
  #promiseRooms(): Map<StepKind, number> {
    const { capacity } = this.#options
    const rooms = new Map<StepKind, number>()
    const active = this.#counts()
    for (const kind of this.#toTry) {
      const underWay = active.get(kind) ?? 0
      const room = capacity.of(kind, active).count - underWay
      if (room <= 0 || this.#paused.has(kind)) continue
      rooms.set(kind, room)
      active.set(kind, underWay + room)
      capacity.took(kind, room)
    }
    return rooms
  }

  #carryOut({ job, step, run }: ClaimedStep): void {
    const { kind, runId, subject } = step
    const stop = new AbortController()
    const done = carryOutStep(this.#workshop, { job, step, run, stop, finish: this.#finish })
      .catch((error: unknown) => this.#workshop.logger.error({ err: error }, 'a step broke its worker'))
      .finally(() => {
        this.#active.delete(job.id)
        this.#doneCount++
        this.#options.onChange?.({ kind, subject, runId, change: 'ended' })
        this.#tryKind(kind)
      })
    this.#active.set(job.id, { stepId: step.id, kind, runId, stop, done })
    this.#options.capacity.took(kind)
    this.#options.onChange?.({ kind, subject, runId, change: 'begun' })
    if (this.#stopping) stop.abort(new Stopping())
  }

  /**
   * Steps that end in the same moment end together. So do, with those that waited while ends were written, the ones whose hands these ends have freed,
   * when they have nothing to do: without it hands that do short steps fall into two groups, each of which waits for the other one's transaction.
   */
  async #untilOthersEnd(isFirst: boolean): Promise<void> {
    await setImmediate()
    if (isFirst || this.#claiming === null) return
    await this.#claiming.catch(() => undefined)
    await setImmediate()
  }

  #counts(): Map<StepKind, number> {
    const counts = new Map<StepKind, number>()
    for (const { kind } of this.#active.values()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    return counts
  }

  #tryKind(name: string): void {
    const kind = this.#kinds.find((candidate) => candidate === name)
    if (kind) this.#toTry.add(kind)
    this.#wakeUp?.wake()
  }

  /** At the next look, which comes at once. */
  #learnPauses(): void {
    this.#isPausedNew = true
    this.#wakeUp?.wake()
  }

  #letGoOf(runId: string): void {
    for (const active of this.#active.values()) {
      if (active.runId === runId) active.stop.abort(new RunEnded())
    }
  }
}
