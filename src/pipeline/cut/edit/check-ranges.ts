import { formatClock, lengthOf, type TimeRange } from '../../../domain/time-range.ts'
import { EditUnusable } from './edit-unusable.ts'
import { joinNear } from './join-near.ts'
import { secondsOf } from './played-without.ts'

/** A shorter clip is a blink. Seconds. */
const leastSeconds = 0.5
/** A longer one is no clip. Seconds. */
const mostSeconds = 3600
/** Each is opened on its own, at the same time: more would take gigabytes of memory for large pictures. */
const mostPlaces = 24
/** Recordings end a little before or after what is written in them. Seconds. */
const closeEnough = 0.05
const mostNamed = 3

/** @throws EditUnusable where ranges are not in the recording, or are more than can be played */
export function checkRanges(ranges: readonly TimeRange[], duration: number): void {
  const problems = ranges.flatMap(({ start, end }, i) => {
    const name = `range ${i + 1} (${start} to ${end} s)`
    if (!(end > start)) return [`${name} ends before it starts`]
    return end > duration + closeEnough
      ? [`${name} ends after the recording, which is ${duration.toFixed(1)} s long`]
      : []
  })
  if (problems.length > mostNamed) problems.splice(mostNamed, Infinity, `and ${problems.length - mostNamed} more`)
  const seconds = secondsOf(ranges)
  if (seconds > mostSeconds) problems.push(`it plays ${formatClock(seconds)}, and a clip may last an hour`)
  const places = placesOf(ranges)
  if (places > mostPlaces) problems.push(`it jumps to ${places} places of the recording, and may to ${mostPlaces}`)
  if (problems.length > 0) throw new EditUnusable(problems)
}

/** How often playing leaves the neighbourhood it is in, or goes back. */
function placesOf(ranges: readonly TimeRange[]): number {
  return ranges.filter((range, i) => {
    const before = ranges[i - 1]
    return before === undefined || range.start < before.end || joinNear([before, range]).length > 1
  }).length
}

/** @throws EditUnusable where next to nothing is left */
export function checkRest(ranges: readonly TimeRange[]): void {
  const seconds = ranges.reduce((sum, range) => sum + lengthOf(range), 0)
  if (seconds < leastSeconds) throw new EditUnusable([`it leaves ${seconds.toFixed(1)} s of the clip`])
}
