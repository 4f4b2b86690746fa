import { AppError, type ErrorRecord } from '../../../domain/app-error.ts'

/** The thread in which moments are looked for ended without an answer. */
export class DetectionThreadLost extends AppError {
  readonly code = 'DETECTION_THREAD_LOST'
  override readonly retry = 'later' as const
  constructor(cause: unknown) {
    super('The thread that looked for moments ended without an answer.', {
      cause,
      hint: 'Try again; if it stays, report it with what was printed.',
    })
  }
}

/** Looking for moments takes more memory than it may, even in the lighter way. */
export class DetectionTooLarge extends AppError {
  readonly code = 'DETECTION_TOO_LARGE'
  constructor({ heapMb }: { heapMb: number }) {
    super(`Looking for moments in this transcript takes more than ${heapMb} MB of memory.`, {
      hint: 'Split the recording into parts of some hours.',
    })
  }
}

/** A failure as it happened in the thread: code, sentence, hint and evidence are those of the error there. */
class FailedInThread extends AppError {
  readonly code: string
  override readonly retry: ErrorRecord['retry']
  constructor({ code, message, hint, retry, evidence }: ErrorRecord) {
    super(message, { ...(hint === undefined ? {} : { hint }), ...(evidence === undefined ? {} : { evidence }) })
    this.code = code
    this.retry = retry
  }
}

/** What a thread says of what was thrown in it: an error of ours keeps its code, any other its name, message and stack. */
export type ThrownInThread =
  | { kind: 'ours'; record: ErrorRecord }
  | { kind: 'other'; name: string; message: string; stack: string }

export function describeThrown(thrown: unknown, record: (error: AppError) => ErrorRecord): ThrownInThread {
  if (thrown instanceof AppError) return { kind: 'ours', record: record(thrown) }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  return { kind: 'other', name: error.name, message: error.message, stack: error.stack ?? '' }
}

export function asError(thrown: ThrownInThread): Error {
  if (thrown.kind === 'ours') return new FailedInThread(thrown.record)
  const error = new Error(thrown.message)
  error.name = thrown.name
  error.stack = thrown.stack
  return error
}
