import type { Detection } from '../../domain/moment.ts'
import type { TimeRange } from '../../domain/time-range.ts'

interface CurveInput {
  candidates: readonly (TimeRange & { score: number })[]
  /** Seconds. */
  duration: number
}

const mostPoints = 600

/** Score of the best candidate that touches each step of the recording, 0 where there is none; whole seconds a step, at most 600 steps. */
export function scoreCurve({ candidates, duration }: CurveInput): Detection['curve'] {
  const step = Math.max(1, Math.ceil(duration / mostPoints))
  const values = Array.from({ length: Math.ceil(duration / step) }, () => 0)
  for (const { start, end, score } of candidates) {
    for (let i = Math.floor(start / step); i < values.length && i * step < end; i++) {
      values[i] = Math.max(values[i] ?? 0, Math.round(score * 1000) / 1000)
    }
  }
  return { step, values }
}
