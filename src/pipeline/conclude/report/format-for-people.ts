import { formatClock, lengthOf, type TimeRange } from '../../../domain/time-range.ts'

/** `14:03 – 14:44`, with a no-break space on each side of the dash. */
export function formatSpan({ start, end }: TimeRange): string {
  return `${formatClock(start)}\u00a0–\u00a0${formatClock(end)}`
}

/** `42 s` up to two minutes, then `3:05 min`. */
export function formatLength(range: TimeRange): string {
  const seconds = Math.round(lengthOf(range))
  return seconds < 120 ? `${seconds}\u00a0s` : `${formatClock(seconds)}\u00a0min`
}

/** 0.914 as `91`. */
export function formatScore(share: number): string {
  return String(Math.round(share * 100))
}

/** `6.4 MB`; decimal, as file managers count. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes}\u00a0B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)}\u00a0kB`
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)}\u00a0MB`
  return `${(bytes / 1_000_000_000).toFixed(1)}\u00a0GB`
}
