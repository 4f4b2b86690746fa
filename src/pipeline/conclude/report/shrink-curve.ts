/**
 * At most `most` values that still show every peak: each is the greatest of its stretch. A three-hour recording has
 * 10,800 seconds and a report 1,000 pixels.
 */
export function shrinkCurve(values: readonly number[], most: number): number[] {
  if (values.length <= most) return [...values]
  return Array.from({ length: most }, (_, index) => {
    const from = Math.floor((index * values.length) / most)
    const to = Math.max(from + 1, Math.floor(((index + 1) * values.length) / most))
    return values.slice(from, to).reduce((a, b) => Math.max(a, b), 0)
  })
}
