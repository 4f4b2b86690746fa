/** Seconds that a border may be off, as the data's scorer has it. */
const tolerance = 30
// The beginning of a recording is no border.
const beginning = 20

/** F1 of the borders found (seconds) against those that people set, matched one to one, nearest first. */
export function borderF1(found: readonly number[], set: readonly number[]): number {
  const [a, b] = [found, set].map((times) => times.filter((time) => time > beginning)) as [number[], number[]]
  const near = a.flatMap((x, i) =>
    b.flatMap((y, k) => (Math.abs(x - y) <= tolerance ? [{ i, k, off: Math.abs(x - y) }] : [])),
  )
  const [usedA, usedB] = [new Set<number>(), new Set<number>()]
  for (const { i, k } of near.sort((x, y) => x.off - y.off)) {
    if (usedA.has(i) || usedB.has(k)) continue
    usedA.add(i)
    usedB.add(k)
  }
  return usedA.size === 0 ? 0 : (2 * usedA.size) / (a.length + b.length)
}
