import { performance } from 'node:perf_hooks'
import { lengthOf, type TimeRange } from '../../../domain/time-range.ts'
import type { ReadOptions } from '../transcriber.ts'

interface PaceOptions {
  windows: readonly TimeRange[]
  /** Heard before, in another attempt. */
  known: (window: TimeRange) => boolean
  onProgress: ReadOptions['onProgress']
  /** Milliseconds; the clock of the process unless told. */
  now?: () => number
}

/** Before the first windows are heard and after the last: planning and joining. */
const [begun, done] = [0.02, 0.95]

/** Says how far hearing is: `window 3 of 40, 1.8×`, where 1.8 seconds of sound are heard in one. */
export function createPace({ windows, known, onProgress, now = () => performance.now() }: PaceOptions) {
  const total = windows.reduce((sum, window) => sum + lengthOf(window), 0)
  const before = windows.filter(known)
  let count = before.length
  let seconds = before.reduce((sum, window) => sum + lengthOf(window), 0)
  const startedAt = now()
  let fresh = 0
  const report = (): void => {
    const share = total > 0 ? seconds / total : 1
    const passed = (now() - startedAt) / 1000
    const speed = fresh > 0 && passed > 0 ? `, ${(fresh / passed).toFixed(1)}×` : ''
    onProgress?.({
      fraction: begun + share * (done - begun),
      message: `window ${Math.min(count + 1, windows.length)} of ${windows.length}${speed}`,
    })
  }
  if (windows.length > 0) report()
  return {
    heard(window: TimeRange): void {
      count++
      seconds += lengthOf(window)
      fresh += lengthOf(window)
      report()
    },
  }
}
