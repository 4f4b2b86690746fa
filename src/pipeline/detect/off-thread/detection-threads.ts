import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Answer, Asked, Question, Results } from './messages.ts'
import { asError, DetectionThreadLost, DetectionTooLarge } from './thread-errors.ts'

interface ThreadOptions {
  /** How many may work at once. */
  threads?: number
  /** Heap of one thread in megabytes; what needs more is done in a lighter way. */
  heapMb?: number
  /** Seconds after which a thread that has nothing to do ends. */
  idleSeconds?: number
  /** What a thread runs. */
  entry?: URL
}

export interface Answered<Result> {
  result: Result
  /** How long a thread worked on it, without the time it waited in line. */
  seconds: number
  /** Why it was done in the lighter way, in a sentence; null when it was not. */
  lighter: string | null
}

/** Threads that look for moments, so that whoever asks goes on with other things. Nothing is started before the first question. */
export interface DetectionThreads {
  /**
   * Asks a thread; questions beyond the number of threads wait in line. A question that runs out of memory is asked once more in the
   * lighter way. An abort ends it at once, also in the middle.
   * @throws whatever was thrown in the thread, with its code; DetectionThreadLost, DetectionTooLarge; the signal's reason
   */
  ask<Task extends Question['task']>(
    question: Extract<Question, { task: Task }>,
    options?: { signal?: AbortSignal },
  ): Promise<Answered<Results[Task]>>
  /** Ends all threads; whoever still waits fails with DetectionThreadLost. */
  close(): Promise<void>
}

// One core stays with whoever asks.
const usualThreads = () => Math.max(1, Math.min(4, availableParallelism() - 1))
// What the rest of a detection takes (the stack, columns, code) fits between this and 100 MB.
const usualHeapMb = 80
// The lighter way keeps less of its own, but a transcript of 400,000 words takes 200 MB as it is.
const largeFactor = 4
// Garbage is collected early rather than kept: the young generation takes three times this.
const youngMb = 4
// Starting takes a tenth of a second: worth keeping between two recordings, not for an evening.
const usualIdleSeconds = 30

interface Job {
  asked: Asked
  signal: AbortSignal | undefined
  lighter: string | null
  settle: { resolve: (answered: Answered<unknown>) => void; reject: (reason: unknown) => void }
  onAbort: () => void
}

interface Thread {
  worker: Worker
  /** Has room for a transcript that is large in itself: for the lighter way. */
  isLarge: boolean
  job: Job | null
  idle: NodeJS.Timeout | undefined
}

export function createDetectionThreads(options: ThreadOptions = {}): DetectionThreads {
  const { threads: most = usualThreads(), heapMb = usualHeapMb, idleSeconds = usualIdleSeconds } = options
  const { entry = new URL('./detection-thread.ts', import.meta.url) } = options
  const threads = new Set<Thread>()
  const waiting: Job[] = []

  return {
    ask: (question, { signal } = {}) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const job: Job = {
          asked: { question, lighter: false },
          signal,
          lighter: null,
          settle: { resolve: resolve as Job['settle']['resolve'], reject },
          onAbort: () => abort(job),
        }
        signal?.addEventListener('abort', job.onAbort, { once: true })
        waiting.push(job)
        handOut()
      }),
    async close() {
      const reason = new DetectionThreadLost('closed')
      for (const job of waiting.splice(0)) fail(job, reason)
      await Promise.all([...threads].map((thread) => lose(thread, reason)))
    },
  }

  function handOut(): void {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const thread = threadFor(next)
      if (thread === undefined) return
      waiting.shift()
      begin(thread, next)
    }
  }

  function threadFor({ asked: { lighter: isLarge } }: Job): Thread | undefined {
    const idle = [...threads].filter(({ job }) => job === null)
    const free = idle.find((thread) => thread.isLarge === isLarge)
    if (free !== undefined) return free
    // One of the other kind makes room.
    if (threads.size >= most && idle[0] !== undefined) void lose(idle[0], null)
    return threads.size < most ? startThread(isLarge) : undefined
  }

  function begin(thread: Thread, job: Job): void {
    clearTimeout(thread.idle)
    thread.job = job
    thread.worker.ref()
    try {
      thread.worker.postMessage(job.asked)
    } catch (error) {
      // What can't be cloned was asked wrongly; the thread never saw it.
      thread.job = null
      fail(job, error)
    }
  }

  function startThread(isLarge: boolean): Thread {
    const maxOldGenerationSizeMb = isLarge ? heapMb * largeFactor : heapMb
    const worker = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb, maxYoungGenerationSizeMb: youngMb } })
    const thread: Thread = { worker, isLarge, job: null, idle: undefined }
    threads.add(thread)
    worker.on('message', (answer: Answer) => answered(thread, answer))
    worker.on('error', (error) => void lose(thread, error))
    worker.on('exit', (code) => void lose(thread, new Error(`It ended with ${code}.`)))
    return thread
  }

  function answered(thread: Thread, answer: Answer): void {
    const { job } = thread
    if (job === null) return
    thread.job = null
    rest(thread)
    if (answer.kind === 'failed') fail(job, asError(answer.thrown))
    else {
      letGo(job)
      job.settle.resolve({ result: answer.result, seconds: answer.seconds, lighter: job.lighter })
    }
    handOut()
  }

  /** A thread without work doesn't keep the process alive, and ends after a while. */
  function rest(thread: Thread): void {
    thread.worker.unref()
    // A large one keeps what it grew to.
    thread.idle = setTimeout(() => void lose(thread, null), thread.isLarge ? 0 : idleSeconds * 1000)
    thread.idle.unref()
  }

  async function lose(thread: Thread, reason: unknown): Promise<void> {
    if (!threads.delete(thread)) return
    clearTimeout(thread.idle)
    const { job } = thread
    thread.job = null
    if (job !== null && isOutOfMemory(reason)) askLighter(job)
    else if (job !== null) fail(job, asLost(reason))
    await thread.worker.terminate()
    handOut()
  }

  function askLighter(job: Job): void {
    if (job.lighter !== null) return fail(job, new DetectionTooLarge({ heapMb: heapMb * largeFactor }))
    job.lighter = `It took more than ${heapMb} MB of memory, so fewer candidates were weighed and subjects were left out.`
    job.asked = { ...job.asked, lighter: true }
    waiting.unshift(job)
  }

  function abort(job: Job): void {
    const reason: unknown = job.signal?.reason
    const place = waiting.indexOf(job)
    if (place >= 0) waiting.splice(place, 1)
    fail(job, reason)
    const thread = [...threads].find((one) => one.job === job)
    if (thread === undefined) return
    thread.job = null
    void lose(thread, reason)
  }
}

function fail(job: Job, reason: unknown): void {
  letGo(job)
  job.settle.reject(reason)
}

function letGo(job: Job): void {
  job.signal?.removeEventListener('abort', job.onAbort)
}

function asLost(reason: unknown): DetectionThreadLost {
  return reason instanceof DetectionThreadLost ? reason : new DetectionThreadLost(reason)
}

function isOutOfMemory(reason: unknown): boolean {
  return reason instanceof Error && 'code' in reason && reason.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
