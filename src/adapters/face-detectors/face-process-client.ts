import type { ChildProcess } from 'node:child_process'
import type { AppError } from '../../domain/app-error.ts'
import { untilAborted } from '../../domain/until-aborted.ts'
import type { Face, RgbPicture } from '../../pipeline/reframe/face-detector.ts'
import { howItEnded, messageOf, startBackgroundProcess, timeLimit } from '../background-process.ts'
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
    const { answerSeconds } = this.#options
    const limit = timeLimit(answerSeconds, () => new FaceDetectorFailed(`it did not answer for ${answerSeconds} s`))
    running.child.channel?.ref()
    try {
      await Promise.race([running.ready, running.ended, limit.reached])
      const id = ++this.#asked
      const answered = messageOf(running.child, isAnswerTo(id))
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
    const { child, said } = startBackgroundProcess(program, model)
    const ended = new Promise<never>((_resolve, reject) => {
      child.once('error', (cause) => reject(new FaceDetectorFailed('it could not be started', { cause })))
      child.once('exit', (exitCode, killedBy) => {
        if (this.#running?.child === child) this.#running = null
        const evidence = { exitCode, signal: killedBy, output: said() }
        reject(new FaceDetectorFailed(howItEnded(exitCode, killedBy), { evidence }))
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

const isAnswerTo =
  (id: number) =>
  (answer: Answer): answer is Extract<Answer, { id: number }> =>
    'id' in answer && answer.id === id
