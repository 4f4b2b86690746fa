import { Worker } from 'node:worker_threads'
import { AppError } from '../../../domain/app-error.ts'
import type { AlignedBlock, BlockToAlign } from './align-block.ts'

/** The thread in which words are looked for ended without an answer. */
export class AlignmentThreadLost extends AppError {
  readonly code = 'ALIGNMENT_THREAD_LOST'
  override readonly retry = 'later' as const
  constructor(cause: unknown) {
    super('The thread that looked for the words in the sound ended without an answer.', { cause })
  }
}

/** One thread that aligns, so that whoever asks goes on with other things. */
export interface AlignmentThread extends AsyncDisposable {
  /** One block at a time. @throws AlignmentThreadLost; the signal's reason, at once, when aborted */
  align(block: BlockToAlign): Promise<AlignedBlock>
}

/** A block takes some 20 MB; four times that is a thread gone wrong. */
const heapMb = 96
// Garbage is collected early rather than kept.
const youngMb = 8

export function startAlignmentThread(
  signal: AbortSignal,
  entry = new URL('./alignment-thread.ts', import.meta.url),
): AlignmentThread {
  signal.throwIfAborted()
  const worker = new Worker(entry, {
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb },
  })
  let fail: (reason: unknown) => void = () => undefined
  let lost: unknown
  const lose = (reason: unknown) => {
    lost ??= reason
    fail(lost)
  }
  const onAbort = () => {
    lose(signal.reason)
    void worker.terminate()
  }
  signal.addEventListener('abort', onAbort, { once: true })
  worker.on('error', (error) => lose(new AlignmentThreadLost(error)))
  worker.on('exit', (code) => lose(new AlignmentThreadLost(new Error(`It ended with ${code}.`))))
  return {
    align: (block) =>
      new Promise((resolve, reject) => {
        if (lost !== undefined) return reject(lost)
        fail = reject
        worker.once('message', resolve)
        worker.postMessage(block, [block.heard.samples.buffer as ArrayBuffer, block.said.samples.buffer as ArrayBuffer])
      }),
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', onAbort)
      await worker.terminate()
    },
  }
}
