import { roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import { blackShareOf, changedShare } from './gray-picture.ts'
import type { Keyframe } from './inspect-clip.ts'

/** A picture is black when this share of it is. Captions and a logo are less than the rest. */
const blackFrom = 0.96
/** A shorter blackness is a fade between scenes. Seconds. */
const longestBlack = 1.5
/**
 * Share of a picture that has to change within a keyframe's distance for it to be alive. One talking mouth in a wide shot is
 * about 0.002; two encodings of the same picture differ by less than 0.0005.
 */
const aliveFrom = 0.001
/** A shorter standstill is a slide, a title or someone holding their breath. Seconds. */
const longestStandstill = 5

/** Shares of the height. */
export interface Rows {
  from: number
  to: number
}

/** Stretches of a clip that are black, seconds of the clip. */
export function findBlack(keyframes: readonly Keyframe[], duration: number): TimeRange[] {
  return stretches(
    keyframes.map(({ picture }) => blackShareOf(picture) >= blackFrom),
    { times: keyframes.map(({ time }) => time), duration },
  ).filter(({ start, end }) => end - start > longestBlack)
}

/** Stretches of a clip in which nothing moves but its captions, seconds of the clip. `rows` is where captions are
 * drawn, `bars` where something else of ours moves. */
export function findStandstill(
  keyframes: readonly Keyframe[],
  { duration, rows, bars = [] }: { duration: number; rows: Rows | null; bars?: readonly Rows[] | undefined },
): TimeRange[] {
  const first = keyframes[0]?.picture
  const skip = first && rowMask(first, [...(rows ? [rows] : []), ...bars])
  const still = keyframes.map(({ picture }, i) => {
    const next = keyframes[i + 1]
    return next !== undefined && changedShare(picture, next.picture, skip) < aliveFrom
  })
  return stretches(still, { times: keyframes.map(({ time }) => time), duration }).filter(
    ({ start, end }) => end - start > longestStandstill,
  )
}

/** Runs of true; each time holds until the next one. */
function stretches(marks: readonly boolean[], { times, duration }: { times: number[]; duration: number }): TimeRange[] {
  const found: TimeRange[] = []
  for (const [i, mark] of marks.entries()) {
    if (!mark) continue
    const start = times[i] ?? 0
    const end = roundToMs(times[i + 1] ?? duration)
    const last = found.at(-1)
    if (last && marks[i - 1]) found[found.length - 1] = { start: last.start, end }
    else found.push({ start: roundToMs(start), end })
  }
  return found
}

/** Marks the rows of a picture in which something is always drawn. */
export function rowMask({ width, height }: { width: number; height: number }, rows: readonly Rows[]): Uint8Array {
  const mask = new Uint8Array(width * height)
  for (const { from, to } of rows) mask.fill(1, Math.floor(from * height) * width, Math.ceil(to * height) * width)
  return mask
}
