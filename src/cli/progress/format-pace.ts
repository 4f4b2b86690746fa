import { formatClock } from '../../domain/time-range.ts'

/** `12×` or `1.4×`: seconds of recording a second. */
export function formatSpeed(speed: number): string {
  return `${speed >= 9.95 ? Math.round(speed) : speed.toFixed(1)}×`
}

/** `0:41 left`; long waits in whole minutes, because seconds would pretend to know. */
export function formatTimeLeft(seconds: number): string {
  if (seconds >= 600) return `${Math.ceil(seconds / 60)} min left`
  return `${formatClock(Math.ceil(seconds))} left`
}

/** `in 0.4 s`, `in 12 s`, `in 3:05`. */
export function formatTook(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000
  if (seconds < 9.95) return `in ${seconds.toFixed(1)} s`
  return seconds < 120 ? `in ${Math.round(seconds)} s` : `in ${formatClock(seconds)}`
}
