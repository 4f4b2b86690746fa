import { AppError, type Evidence } from '../../domain/app-error.ts'
import { formatClock } from '../../domain/time-range.ts'

/**
 * The engine broke on one window (died, hung, answered with nonsense) and may well hear the others: the window is heard once
 * more, and left as a gap with a warning when that fails too. What concerns every window (no key, no model, no network) is
 * another AppError, which ends the step.
 */
export class WindowLost extends AppError {
  readonly code = 'SPEECH_WINDOW_LOST'
  override readonly retry = 'later'
  constructor(engine: string, reason: string, { cause, evidence }: { cause?: unknown; evidence?: Evidence } = {}) {
    super(`${engine} could not hear a part of the recording: ${reason}.`, {
      hint: 'Often the machine was short of memory. Give the same command again: what was heard is kept.',
      cause,
      ...(evidence && { evidence }),
    })
  }
}

/** Not one part of the recording could be heard. */
export class NothingHeard extends AppError {
  readonly code = 'SPEECH_NOTHING_HEARD'
  override readonly retry = 'later'
  constructor({ engine, windows, cause }: { engine: string; windows: number; cause: AppError }) {
    super(`${engine} broke on all ${windows} parts of the recording; the last time: ${cause.message}`, {
      hint: 'Try another model with LOCAL_MODEL (see `clipwright models list`), or name a transcript with --transcript.',
      cause,
      ...(cause.evidence && { evidence: cause.evidence }),
    })
  }
}

/** What is said to a person about parts that stay without words. */
export function sayGaps(gaps: readonly { start: number; end: number }[], engine: string): string[] {
  if (gaps.length === 0) return []
  const spans = gaps.slice(0, mostNamed).map(({ start, end }) => `${formatClock(start)} to ${formatClock(end)}`)
  const others = gaps.length - spans.length
  const list = `${spans.join(', ')}${others > 0 ? ` and ${others} more` : ''}`
  return [`Not heard, since ${engine} broke there twice: ${list}. What is said there is missing.`]
}

const mostNamed = 20
