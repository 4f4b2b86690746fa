import type { TimeRange } from '../../../domain/time-range.ts'
import type { HeardWindow } from '../speech-engine.ts'

/**
 * Keeps what one engine heard of one recording, window by window, over crashes and restarts. Saving is atomic a window;
 * finding what is not there, or can't be read any more, gives null.
 */
export interface WindowStore {
  find(window: TimeRange): Promise<HeardWindow | null>
  /** Which windows `find` would find. */
  spans(): Promise<TimeRange[]>
  save(window: TimeRange, heard: HeardWindow): Promise<void>
  /** Notes that the engine broke on it. */
  saveBroken(window: TimeRange, reason: string): Promise<void>
  /** How often the engine broke on this recording, ever. */
  countBroken(): Promise<number>
}
