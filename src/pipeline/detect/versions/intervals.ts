/** So many of so many, as they came in groups: the clips of one recording are judged alike. */
export interface Group {
  bad: number
  of: number
}

export interface Interval {
  low: number
  high: number
}

/** Of a normal distribution: 95 % lie within so many deviations. */
const z = 1.959964

/**
 * Cases that count as independent ones: as many bad among as many as give the same uncertainty (Rao and Scott 1992, "A simple method for the
 * analysis of clustered binary data"). Never more than there are.
 */
export function effectiveCases(groups: readonly Group[]): Group {
  const cases = groups.reduce((sum, { of }) => sum + of, 0)
  const bad = groups.reduce((sum, group) => sum + group.bad, 0)
  const rate = bad / cases
  const k = groups.length
  const plain = (rate * (1 - rate)) / cases
  if (k < 2 || plain === 0) return { bad, of: cases }
  const squares = groups.reduce((sum, group) => sum + (group.bad - group.of * rate) ** 2, 0)
  const clustered = ((k / (k - 1)) * squares) / cases ** 2
  const effect = Math.max(1, clustered / plain)
  return { bad: bad / effect, of: cases / effect }
}

/** 95 % interval of a share (Wilson 1927); holds with few cases, and with none or all of them bad. */
export function wilson({ bad, of }: Group): Interval {
  if (of === 0) return { low: 0, high: 1 }
  const rate = bad / of
  const middle = (rate + z ** 2 / (2 * of)) / (1 + z ** 2 / of)
  const reach = (z / (1 + z ** 2 / of)) * Math.sqrt((rate * (1 - rate)) / of + z ** 2 / (4 * of ** 2))
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) }
}

/** 95 % interval of the difference of two shares, second less first (Newcombe 1998, method 10). */
export function newcombe(first: Group, second: Group): Interval {
  const [p1, p2] = [first.bad / first.of, second.bad / second.of]
  const [w1, w2] = [wilson(first), wilson(second)]
  return {
    low: p2 - p1 - Math.hypot(p2 - w2.low, w1.high - p1),
    high: p2 - p1 + Math.hypot(w2.high - p2, p1 - w1.low),
  }
}
