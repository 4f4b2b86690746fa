import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../domain/app-error.ts'
import { type WorkerNews, type WorkerOrder, type WorkerTask, workerNews } from './worker-messages.ts'

/** A worker in a process of its own, which is replaced when it is worn or dies. */
export interface SupervisedWorker {
  /** Resolves when it has ended for good: it was told to, or nothing is left to do. @throws WorkerFailed */
  readonly ended: Promise<void>
  /** It takes nothing new and ends within 30 s; what is not done then goes back to the queue. */
  drain(): void
  /** It gives back what it holds, now. */
  stop(): void
}

interface SuperviseOptions {
  task: Omit<WorkerTask, 'restarts'>
  /** For a person. */
  say: (line: string) => void
  /** Whether a worker that can't even start is reported, or tried again for ever. */
  giveUpAtFirst: boolean
  /** Others in tests. */
  program?: URL
  pauseMs?: (failures: number) => number
  /** Milliseconds an order may take, grace and putting away; who takes longer hangs, and is ended. */
  patienceMs?: Record<WorkerOrder['do'], number>
}

/** What ended the worker's first start, as it said it: the code is its own. */
export class WorkerFailed extends AppError {
  readonly code: string
  constructor({ code, message, hint }: { code: string; message: string; hint?: string | undefined }) {
    super(message, hint === undefined ? {} : { hint })
    this.code = code
  }
}

// A worker that lived as long as this did not die of how it was started.
const soundMs = 60_000
const patient = { drain: 45_000, stop: 10_000 }

export function superviseWorker(options: SuperviseOptions): SupervisedWorker {
  return new Supervisor(options)
}

class Supervisor implements SupervisedWorker {
  readonly ended: Promise<void>
  readonly #options: SuperviseOptions
  readonly #told = new AbortController()
  #child: ChildProcess | null = null
  #order: WorkerOrder['do'] | null = null

  constructor(options: SuperviseOptions) {
    this.#options = options
    this.ended = this.#supervise()
    // Whoever asks for it gets the failure; until then nothing is unhandled.
    this.ended.catch(() => undefined)
  }

  drain(): void {
    this.#tell('drain')
  }

  stop(): void {
    this.#tell('stop')
  }

  async #supervise(): Promise<void> {
    const { say, giveUpAtFirst, pauseMs = longerEachTime } = this.#options
    let [failures, wasReady] = [0, false]
    for (let restarts = 0; !this.#told.signal.aborted; restarts++) {
      const life = await this.#live(restarts)
      wasReady ||= life.wasReady
      if (this.#told.signal.aborted || life.last?.is === 'idle') return
      if (life.last?.is === 'worn') say('The worker is replaced by a fresh process.')
      if (life.last !== null && life.last.is !== 'failed') {
        failures = 0
        continue
      }
      if (life.last?.is === 'failed' && giveUpAtFirst && !wasReady) throw new WorkerFailed(life.last.error)
      failures = life.lived > soundMs ? 1 : failures + 1
      const pause = pauseMs(failures)
      say(`${describe(life)} It is started again in ${Math.round(pause / 1000)} s${times(failures)}.`)
      await sleep(pause, undefined, { signal: this.#told.signal }).catch(() => undefined)
    }
  }

  /** One process from its start to its end. */
  async #live(restarts: number): Promise<Life> {
    const { task, program = workerProgram } = this.#options
    const began = performance.now()
    const child = fork(program, [JSON.stringify({ ...task, restarts } satisfies WorkerTask)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.#child = child
    stepBack(child.pid)
    let last: LastWords | null = null
    let wasReady = false
    child.on('message', (message) => {
      const news = workerNews.safeParse(message).data
      if (news?.is === 'ready') wasReady = true
      else if (news !== undefined) last = lastWords(news)
    })
    if (this.#order !== null) this.#pass(child, this.#order)
    const [status, killedBy] = await new Promise<[number | null, string | null]>((resolve) => {
      child.once('close', (code, signal) => resolve([code, signal]))
      // Of a process that runs, its end says all; one that could not be started has none.
      child.on('error', () => child.pid === undefined && resolve([null, null]))
    })
    this.#child = null
    return { last, wasReady, status, killedBy, lived: performance.now() - began }
  }

  #tell(order: WorkerOrder['do']): void {
    this.#order = order
    this.#told.abort()
    if (this.#child !== null) this.#pass(this.#child, order)
  }

  #pass(child: ChildProcess, order: WorkerOrder['do']): void {
    if (child.connected) child.send({ do: order } satisfies WorkerOrder, () => undefined)
    const { patienceMs = patient } = this.#options
    const hangs = setTimeout(() => child.kill('SIGKILL'), patienceMs[order])
    hangs.unref()
    child.once('close', () => clearTimeout(hangs))
  }
}

interface Life {
  last: LastWords | null
  wasReady: boolean
  status: number | null
  killedBy: string | null
  /** Milliseconds. */
  lived: number
}

type LastWords = { is: 'told' | 'idle' | 'worn' } | Extract<WorkerNews, { is: 'failed' }>

function lastWords(news: Exclude<WorkerNews, { is: 'ready' }>): LastWords {
  return news.is === 'ended' ? { is: news.because } : news
}

const workerProgram = new URL('../../entry/worker.ts', import.meta.url)

/** A second, two, four … a minute. */
function longerEachTime(failures: number): number {
  return Math.min(60_000, 1000 * 2 ** (failures - 1))
}

function describe({ last, status, killedBy }: Life): string {
  if (last?.is === 'failed') return `The worker could not go on: ${last.error.message} [${last.error.code}]`
  return `The worker ended unexpectedly (${killedBy === null ? `exit status ${status ?? 'unknown'}` : killedBy}).`
}

function times(failures: number): string {
  return failures === 1 ? '' : `, after ${failures} failures in a row`
}

/** Answers to people come first: what a worker computes by itself can wait a little, its tools wait longer still. */
function stepBack(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, 5)
  } catch {
    // Already gone, or not permitted: priority is a courtesy.
  }
}
