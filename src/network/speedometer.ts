/** How fast something comes, lately. */
export interface Speedometer {
  add(bytes: number): void
  /** Bytes a second over the last seconds; null while too little is known. */
  bytesPerSecond(): number | null
}

/** Looks back this many seconds: less jumps about, more is late to say that it got slow. */
const lookBackSeconds = 8
const leastSeconds = 0.5

/** @param now seconds on a clock that never goes back */
export function createSpeedometer(now: () => number): Speedometer {
  const marks: { at: number; total: number }[] = [{ at: now(), total: 0 }]
  let total = 0
  return {
    add(bytes) {
      total += bytes
      const at = now()
      // Ten marks a second tell enough, however small the pieces are.
      const last = marks.at(-1)
      if (last !== undefined && marks.length > 1 && at - last.at < 0.1) last.total = total
      else marks.push({ at, total })
      while (marks.length > 2 && at - (marks[1]?.at ?? at) > lookBackSeconds) marks.shift()
    },
    bytesPerSecond() {
      const [first] = marks
      const seconds = first === undefined ? 0 : now() - first.at
      return first === undefined || seconds < leastSeconds ? null : (total - first.total) / seconds
    },
  }
}
