/** A half-open span of a recording, in seconds from its start: `start <= t < end`. */
export interface TimeRange {
  readonly start: number
  readonly end: number
}

/** Length in seconds; never negative. */
export function lengthOf({ start, end }: TimeRange): number {
  return Math.max(0, end - start)
}

/** Seconds that two ranges share. */
export function overlapOf(a: TimeRange, b: TimeRange): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
}

/** Rounds seconds to whole milliseconds, the resolution everything is stored in. */
export function roundToMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}

/** `1:02:03` or `4:05`, for people. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
