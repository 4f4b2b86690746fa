import type { ChildProcess } from 'node:child_process'
import type { AppError, Evidence } from '../../../domain/app-error.ts'
import { untilAborted } from '../../../domain/until-aborted.ts'
import { howItEnded, messageOf, startBackgroundProcess, timeLimit } from '../../background-process.ts'
import { SpeechEngineFailed } from './sherpa-errors.ts'
import type { SherpaAnswer, SherpaQuestion, SherpaTask } from './sherpa-messages.ts'

interface SherpaProcessOptions {
  task: SherpaTask
  /** The program to start; another one in tests. */
  program?: URL
  /** Seconds a model may take to load; the largest takes seconds from a disk and minutes from a network. 300 unless told. */
  startSeconds?: number
  /** Bytes of memory beyond which it is ended after its answer, to be started afresh. */
  mostMemory: number
  /** The error for a model that can't be loaded. */
  unusable: (reason: string, evidence?: Evidence) => AppError
}

interface Running {
  child: ChildProcess
  /** Resolves when its model is loaded; rejects when it ends before. */
  ready: Promise<void>
  /** Rejects when it ends. */
  ended: Promise<never>
}

type Asked<T> = T extends unknown ? Omit<T, 'id'> : never

/** It ended, hung or failed after its model was loaded: what it was asked may be to blame. */
export class SherpaProcessBroken extends Error {
  readonly evidence: Evidence | undefined
  constructor(reason: string, evidence?: Evidence) {
    super(reason)
    this.evidence = evidence
  }
}

/**
 * One process with one model: started with the first question, asked one after the other. Whatever happens to it, only the question
 * under way fails, and the next one starts another.
 */
export class SherpaProcess {
  readonly #options: Required<SherpaProcessOptions>
  #running: Running | null = null
  #last: Promise<unknown> = Promise.resolve()
  #asked = 0
  /** How often it was started: for tests. */
  starts = 0

  constructor(options: SherpaProcessOptions) {
    this.#options = { program: new URL('./sherpa-process.ts', import.meta.url), startSeconds: 300, ...options }
  }

  /** Its process id while it runs. */
  get pid(): number | null {
    return this.#running?.child.pid ?? null
  }

  /**
   * @param seconds it may take for the answer
   * @throws SherpaProcessBroken when it broke on this question, the error of `unusable`, SpeechEngineFailed, the signal's reason
   */
  async ask(
    question: Asked<SherpaQuestion>,
    { signal, seconds }: { signal: AbortSignal; seconds: number },
  ): Promise<unknown> {
    signal.throwIfAborted()
    const turn = this.#last.then(() => this.#ask(question, { signal, seconds }))
    this.#last = turn.catch(() => undefined)
    return turn
  }

  /** Loads the model. */
  async start(signal: AbortSignal): Promise<void> {
    const running = (this.#running ??= this.#start())
    await this.#guarded(running, signal, () => this.#untilReady(running))
  }

  /** Ends it now; the next question starts another. */
  end(): void {
    const running = this.#running
    this.#running = null
    running?.child.kill('SIGKILL')
  }

  async #ask(
    question: Asked<SherpaQuestion>,
    { signal, seconds }: { signal: AbortSignal; seconds: number },
  ): Promise<unknown> {
    // While it waited its turn.
    signal.throwIfAborted()
    const running = (this.#running ??= this.#start())
    return this.#guarded(running, signal, async () => {
      await this.#untilReady(running)
      const id = ++this.#asked
      const answered = messageOf(running.child, isAnswerTo(id))
      running.child.send({ ...question, id } as SherpaQuestion)
      const limit = timeLimit(seconds, () => new SherpaProcessBroken(`it did not answer for ${Math.round(seconds)} s`))
      const answer = await Promise.race([answered, running.ended, limit.reached]).finally(limit.clear)
      // What it could not do it may be able to do with something else: it lives on.
      if (answer.kind === 'failed') return new SherpaProcessBroken(answer.reason)
      if (answer.memoryBytes > this.#options.mostMemory) this.end()
      return answer.value
    }).then((value) => {
      if (value instanceof SherpaProcessBroken) throw value
      return value
    })
  }

  async #untilReady({ ready }: Running): Promise<void> {
    const { startSeconds } = this.#options
    const limit = timeLimit(
      startSeconds,
      () => new SpeechEngineFailed(`its model was not loaded after ${startSeconds} s`),
    )
    await Promise.race([ready, limit.reached]).finally(limit.clear)
  }

  /** The library can't be interrupted: whoever no longer wants an answer ends the process. */
  async #guarded<T>(running: Running, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    running.child.channel?.ref()
    try {
      return await untilAborted(work(), signal)
    } catch (error) {
      if (this.#running?.child === running.child) this.#running = null
      running.child.kill('SIGKILL')
      throw error
    } finally {
      running.child.channel?.unref()
    }
  }

  #start(): Running {
    this.starts++
    const { program, task, unusable } = this.#options
    const { child, said } = startBackgroundProcess(program, task)
    let isReady = false
    const evidenceOf = (exitCode: number | null, killedBy: string | null): Evidence => ({
      exitCode,
      signal: killedBy,
      output: said(),
    })
    const ended = new Promise<never>((_resolve, reject) => {
      child.once('exit', (code, killedBy) =>
        reject(new SherpaProcessBroken(howItEnded(code, killedBy), evidenceOf(code, killedBy))),
      )
    })
    const ready = new Promise<void>((resolve, reject) => {
      child.once('error', (cause) => reject(new SpeechEngineFailed('it could not be started', { cause })))
      // After its last words have come.
      child.once('close', (code, killedBy) => {
        if (this.#running?.child === child) this.#running = null
        if (isReady) return
        const evidence = evidenceOf(code, killedBy)
        // Killed from outside, mostly for want of memory; everything else is the library's way to refuse a model.
        const isOutside = killedBy === 'SIGKILL' || killedBy === 'SIGTERM' || /bad_alloc|out of memory/i.test(said())
        reject(
          isOutside
            ? new SpeechEngineFailed(howItEnded(code, killedBy), { evidence })
            : unusable(sayWhy(said(), howItEnded(code, killedBy)), evidence),
        )
      })
      child.on('message', (answer: SherpaAnswer) => {
        if (answer.kind === 'ready') {
          isReady = true
          resolve()
        }
        if (answer.kind === 'unusable') reject(unusable(answer.reason))
      })
    })
    // All are waited for by whoever asks; between questions nobody does.
    ended.catch(() => undefined)
    ready.catch(() => undefined)
    return { child, ready, ended }
  }
}

/** What the library wrote before it gave up, e.g. `Load model from … failed:Protobuf parsing failed.` */
function sayWhy(said: string, fallback: string): string {
  const lines = said.split('\n').map((line) => line.trim())
  const line = lines.find((one) => /what\(\):|does not exist|rror|failed/i.test(one))
  if (line === undefined) return fallback
  const reason = line
    .replace(/^what\(\):\s*/, '')
    .replace(/^\S+:\S+:\d+\s+/, '')
    // The place in the library's own source, with the whole signature of the function.
    .replace(/\/\S+\.(?:cc|cpp|h):\d+ .*?\)\s+(?=[A-Z])/, ' ')
    .replace(/\.$/, '')
  return reason.slice(0, 200)
}

const isAnswerTo =
  (id: number) =>
  (answer: SherpaAnswer): answer is Extract<SherpaAnswer, { id: number }> =>
    'id' in answer && answer.id === id
