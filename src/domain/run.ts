export const stepKinds = ['ingest', 'transcribe', 'analyze', 'detect', 'reframe', 'cut', 'conclude'] as const
export type StepKind = (typeof stepKinds)[number]

export const stepStatuses = ['queued', 'working', 'needs-transcript', 'done', 'failed', 'cancelled', 'skipped'] as const
/**
 * `queued`: its job waits in the queue; `needs-transcript`: it has none until there are words, or somebody to listen; `skipped`: what it builds on
 * failed. The last four are final.
 */
export type StepStatus = (typeof stepStatuses)[number]

export const runStatuses = ['working', 'needs-transcript', 'done', 'failed', 'cancelled'] as const
/** `needs-transcript`: all that can be done without words is done; it goes on by itself when there are some. The last three are final. */
export type RunStatus = (typeof runStatuses)[number]

export function isFinal(status: StepStatus): boolean {
  return status !== 'queued' && status !== 'working' && status !== 'needs-transcript'
}

export type EndedStatus = Exclude<RunStatus, 'working' | 'needs-transcript'>

/** Whether nothing more will happen to a run by itself. */
export function hasRunEnded(status: RunStatus): status is EndedStatus {
  return status !== 'working' && status !== 'needs-transcript'
}

/** How far a step is, for people. */
export interface Progress {
  /** 0 to 1. */
  fraction: number
  /** What is being done, e.g. `measuring loudness`. */
  message: string
  /** Nothing is done at the moment: something outside is waited for, and `message` says what. */
  isWaiting?: boolean
}
