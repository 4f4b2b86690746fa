/** Whether trying the same thing again can help: `later` for outages, `never` for what is wrong in itself. */
export type Retry = 'later' | 'never'

interface AppErrorOptions {
  /** What the person can do about it, one sentence. */
  hint?: string
  cause?: unknown
  /** What the failed tool left behind: command, exit code, last lines of output, duration in seconds. */
  evidence?: Evidence
}

export interface Evidence {
  command?: string
  exitCode?: number | null
  signal?: string | null
  output?: string
  durationSeconds?: number
}

/**
 * A failure with a stable code. `code` is never reused for another meaning; `message` is a sentence for a person;
 * `hint` says what to do; only the edges (command line, queue, HTTP) turn it into an exit status, a retry or a response.
 */
export abstract class AppError extends Error {
  abstract readonly code: string
  readonly retry: Retry = 'never'
  readonly hint: string | undefined
  readonly evidence: Evidence | undefined

  constructor(message: string, { hint, cause, evidence }: AppErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = new.target.name
    this.hint = hint
    this.evidence = evidence
  }
}

/** An error as it is stored and shown: plain data, no stack. */
export interface ErrorRecord {
  code: string
  message: string
  hint?: string
  retry: Retry
  evidence?: Evidence
}

/** Turns anything thrown into plain data. What is not an AppError gets the code UNEXPECTED and may be retried. */
export function toErrorRecord(thrown: unknown): ErrorRecord {
  if (thrown instanceof AppError) {
    return {
      code: thrown.code,
      message: thrown.message,
      retry: thrown.retry,
      ...(thrown.hint === undefined ? {} : { hint: thrown.hint }),
      ...(thrown.evidence === undefined ? {} : { evidence: thrown.evidence }),
    }
  }
  return { code: 'UNEXPECTED', message: thrown instanceof Error ? thrown.message : String(thrown), retry: 'later' }
}
