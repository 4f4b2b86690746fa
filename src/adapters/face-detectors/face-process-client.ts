import { type ChildProcess, fork } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import type { AppError } from '../../domain/app-error.ts'
import type { Face, RgbPicture } from '../../pipeline/reframe/face-detector.ts'
import { FaceDetectorFailed } from './face-errors.ts'
import type { Answer, ModelChoice, Question } from './face-messages.ts'

interface FaceProcessOptions {
  model: ModelChoice
  /** The program to start; another one in tests. */
  program?: URL
  /** Seconds without a question after which it is ended; 20 unless told. */
  idleSeconds?: number
  /** Seconds one answer may take, and starting too; a picture takes half a second on a busy laptop. 60 unless told. */
  answerSeconds?: number
  /** Bytes of memory beyond which it is ended after its answer, to be started afresh; 450 MB unless told. */
  mostMemory?: number
  /** The error for a model that can't be loaded. */
  unusable: (reason: string) => AppError
}

interface Running {
  child: ChildProcess
  /** Resolves when its model is loaded. */
  ready: Promise<void>
  /** Rejects when it ends. */
  ended: Promise<never>
}

/**
 * One process that looks for faces, for all who ask in this one: started with the first question, asked one after the other,
 * ended when nobody asks. Whatever happens to it, the question under way fails and the next one starts another.
 * It is not in the ledger of child processes: its channel closes when we die, and it ends with it.
 */
export class FaceProcess {
  readonly #options: Required<Omit<FaceProcessOptions, 'unusable'>> & Pick<FaceProcessOptions, 'unusable'>
  #running: Running | null = null
  #last: Promise<unknown> = Promise.resolve()
  #idle: NodeJS.Timeout | null = null
  #asked = 0
  /** The most memory an answer came with, bytes, and what all answers took, seconds of a core: for benchmarks. */
  peakMemory = 0
  cpuSeconds = 0

  constructor(options: FaceProcessOptions) {
    this.#options = {
      program: new URL('./face-process.ts', import.meta.url),
      idleSeconds: 20,
      answerSeconds: 60,
      mostMemory: 450e6,
      ...options,
    }
  }

  /** Its process id while it runs. */
  get pid(): number | null {
    return this.#running?.child.pid ?? null
  }

  async findFaces(picture: RgbPicture, { signal }: { signal: AbortSignal }): Promise<Face[]> {
    signal.throwIfAborted()
    const turn = this.#last.then(() => this.#ask(picture, signal))
    this.#last = turn.catch(() => undefined)
    return untilAborted(turn, signal)
  }

  /** Ends it now; the next question starts another. */
  end(): void {
    const running = this.#running
    this.#running = null
    if (this.#idle) clearTimeout(this.#idle)
    this.#idle = null
    if (running?.child.connected) running.child.disconnect()
  }

  async #ask(picture: RgbPicture, signal: AbortSignal): Promise<Face[]> {
    // While it waited its turn.
    signal.throwIfAborted()
    if (this.#idle) clearTimeout(this.#idle)
    const running = (this.#running ??= this.#start())
    const limit = timeLimit(this.#options.answerSeconds)
    running.child.channel?.ref()
    try {
      await Promise.race([running.ready, running.ended, limit.reached])
      const id = ++this.#asked
      const answered = answerTo(running.child, id)
      running.child.send({ id, picture } satisfies Question)
      const answer = await Promise.race([answered, running.ended, limit.reached])
      if (answer.kind === 'failed') throw new FaceDetectorFailed(answer.reason)
      this.cpuSeconds += answer.cpuSeconds
      this.#noteMemory(answer.memoryBytes)
      return answer.faces
    } catch (error) {
      this.#kill(running)
      throw error
    } finally {
      limit.clear()
      running.child.channel?.unref()
      this.#endWhenIdle()
    }
  }

  #start(): Running {
    const { program, model, unusable } = this.#options
    const child = fork(program, [JSON.stringify(model)], {
      // Frames are handed over as bytes, not as JSON.
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // The models live outside the heap; what is left is small.
      execArgv: ['--max-old-space-size=192'],
      env: {},
    })
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000)
    })
    const ended = new Promise<never>((_resolve, reject) => {
      child.once('error', (cause) => reject(new FaceDetectorFailed('it could not be started', { cause })))
      child.once('exit', (exitCode, killedBy) => {
        if (this.#running?.child === child) this.#running = null
        const how = killedBy ? `it was ended by ${killedBy}` : `it ended with exit status ${exitCode ?? 'unknown'}`
        reject(new FaceDetectorFailed(how, { evidence: { exitCode, signal: killedBy, output: said } }))
      })
    })
    const ready = new Promise<void>((resolve, reject) => {
      child.on('message', (answer: Answer) => {
        if (answer.kind === 'ready') resolve()
        if (answer.kind === 'unusable') reject(unusable(answer.reason))
      })
    })
    // Both are waited for by whoever asks; between questions nobody does.
    ended.catch(() => undefined)
    ready.catch(() => undefined)
    lowerPriority(child.pid)
    // It must not keep a command that is done from ending.
    child.unref()
    child.channel?.unref()
    if (child.stderr && 'unref' in child.stderr && typeof child.stderr.unref === 'function') child.stderr.unref()
    return { child, ready, ended }
  }

  #noteMemory(bytes: number): void {
    this.peakMemory = Math.max(this.peakMemory, bytes)
    if (bytes > this.#options.mostMemory) this.end()
  }

  #kill({ child }: Running): void {
    if (this.#running?.child === child) this.#running = null
    child.kill('SIGKILL')
  }

  #endWhenIdle(): void {
    if (this.#idle) clearTimeout(this.#idle)
    this.#idle = setTimeout(() => this.end(), this.#options.idleSeconds * 1000)
    this.#idle.unref()
  }
}

function answerTo(child: ChildProcess, id: number): Promise<Extract<Answer, { kind: 'faces' | 'failed' }>> {
  return new Promise((resolve) => {
    const onMessage = (answer: Answer): void => {
      if ((answer.kind !== 'faces' && answer.kind !== 'failed') || answer.id !== id) return
      child.off('message', onMessage)
      resolve(answer)
    }
    child.on('message', onMessage)
  })
}

function timeLimit(seconds: number): { reached: Promise<never>; clear: () => void } {
  let timer: NodeJS.Timeout | undefined
  const reached = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new FaceDetectorFailed(`it did not answer for ${seconds} s`)), seconds * 1000)
  })
  reached.catch(() => undefined)
  return { reached, clear: () => clearTimeout(timer) }
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = (): void => undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** Below the server's own priority: a person's browser and our answers come first. */
function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // Already gone, or not permitted: priority is a courtesy.
  }
}
