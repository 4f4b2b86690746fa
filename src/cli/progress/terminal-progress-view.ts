import { createLogUpdate } from 'log-update'
import type { Paint } from '../terminal/create-paint.ts'
import { sanitiseTerminal } from '../terminal/sanitise-terminal.ts'
import { type Estimate, estimateTimeLeft } from './estimate-time-left.ts'
import { groupSteps, type StepGroup } from './group-steps.ts'
import type { ProgressState } from './progress-state.ts'
import type { ProgressView } from './progress-view.ts'
import { type ProgressLine, renderProgress } from './render-progress.ts'

/** Faster than this nobody reads, and a slow connection would fall behind. */
const leastMsBetweenFrames = 80

/** Bars that are drawn over themselves. */
export class TerminalProgressView implements ProgressView {
  readonly #stream: NodeJS.WriteStream
  readonly #paint: Paint
  readonly #draw: ReturnType<typeof createLogUpdate>
  readonly #estimates = new Map<string, Estimate>()
  #drawnAt = Number.NEGATIVE_INFINITY

  constructor({ stream, paint }: { stream: NodeJS.WriteStream; paint: Paint }) {
    this.#stream = stream
    this.#paint = paint
    this.#draw = createLogUpdate(stream)
  }

  update(state: ProgressState): void {
    if (state.now - this.#drawnAt < leastMsBetweenFrames) return
    this.#drawnAt = state.now
    this.#draw(this.#frame(state))
  }

  note(sentence: string): void {
    this.#draw.clear()
    this.#stream.write(`${sanitiseTerminal(sentence)}\n`)
    this.#drawnAt = Number.NEGATIVE_INFINITY
  }

  finish(state: ProgressState): void {
    this.#draw(this.#frame(state))
    this.#draw.done()
  }

  #frame(state: ProgressState): string {
    const lines = groupSteps(state).map((group) => this.#lineOf(group, state.now))
    return renderProgress(lines, { width: this.#stream.columns ?? 80, paint: this.#paint }).join('\n')
  }

  #lineOf(group: StepGroup, now: number): ProgressLine {
    if (group.status !== 'working') return { group, secondsLeft: null }
    const estimate = estimateTimeLeft(this.#estimates.get(group.kind) ?? null, { at: now, fraction: group.fraction })
    this.#estimates.set(group.kind, estimate)
    return { group, secondsLeft: estimate.secondsLeft }
  }
}
