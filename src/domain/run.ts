export const stepKinds = ['ingest', 'transcribe', 'analyze', 'detect', 'reframe', 'cut', 'conclude'] as const
export type StepKind = (typeof stepKinds)[number]

export const stepStatuses = ['queued', 'working', 'done', 'failed', 'cancelled', 'skipped'] as const
/** `queued`: its job waits in the queue; `skipped`: what it builds on failed. The last four are final. */
export type StepStatus = (typeof stepStatuses)[number]

export const runStatuses = ['working', 'done', 'failed', 'cancelled'] as const
export type RunStatus = (typeof runStatuses)[number]

export function isFinal(status: StepStatus): boolean {
  return status !== 'queued' && status !== 'working'
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
