import type { ProgressStep } from '../../src/cli/progress/progress-state.ts'

/** A step in the middle of its work; `change` what the test is about. */
export function sampleProgressStep(change: Partial<ProgressStep>): ProgressStep {
  return {
    kind: 'cut',
    subject: null,
    status: 'working',
    fraction: 0.5,
    message: 'encoding',
    startedAt: 10_000,
    finishedAt: null,
    reused: false,
    mediaSeconds: null,
    ...change,
  }
}
