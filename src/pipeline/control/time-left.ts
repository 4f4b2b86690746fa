interface Pace {
  /** 0 to 1. */
  fraction: number
  /** Seconds since it began; negative when the clocks of two machines disagree. */
  elapsed: number
  /** Seconds that all of it should take, from steps like it; null when there were none. */
  expected: number | null
}

// Before this much has passed and been done, opening files is not the pace of the rest.
const leastElapsed = 2
const leastFraction = 0.05
// From here on its own pace alone counts; before it is mixed with what steps like it took, so that the number does not jump.
const trustedFraction = 0.4
// Much slower than those like it: what they took says nothing any more.
const mostOver = 1.5
const longest = 48 * 3600

/** Seconds that a step under way has left, or null when nobody can know. Never negative. Pure. */
export function timeLeft({ fraction, elapsed, expected }: Pace): number | null {
  if (fraction >= 1) return 0
  const own = elapsed >= leastElapsed && fraction >= leastFraction ? elapsed * (1 / fraction - 1) : null
  const others = expected === null || elapsed > mostOver * expected ? null : expected * (1 - Math.max(0, fraction))
  const trust = Math.min(1, fraction / trustedFraction)
  const left = own === null ? others : others === null ? own : trust * own + (1 - trust) * others
  return left === null || !(left <= longest) ? null : Math.max(0, left)
}

/** Seconds as they are shown: the longer, the coarser, so that what is shown stands still. */
export function roundTimeLeft(seconds: number): number {
  const steps = seconds <= 20 ? 1 : seconds < 90 ? 5 : seconds < 3600 ? 60 : 600
  return Math.max(1, Math.round(seconds / steps)) * steps
}

/** `40 s`, `3 min`, `1 h 20 min`; of what `roundTimeLeft` gave. */
export function sayTimeLeft(rounded: number): string {
  if (rounded <= 90) return `${rounded} s`
  const minutes = Math.round(rounded / 60)
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`
}
