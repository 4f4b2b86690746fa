import type { ProgressState } from './progress-state.ts'

/** Shows a run while it goes. Whoever drives it calls `update` as often as it likes, then `finish` once. */
export interface ProgressView {
  update(state: ProgressState): void
  /** Says something once, beside the progress; one sentence. */
  note(sentence: string): void
  /** Shows how it ended; nothing may be shown after it. */
  finish(state: ProgressState): void
}

/** For `--json`: the document on standard output is all there is to see. */
export class SilentProgressView implements ProgressView {
  update(): void {}
  note(): void {}
  finish(): void {}
}
