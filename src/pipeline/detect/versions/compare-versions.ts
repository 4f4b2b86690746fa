import { effectiveCases, type Group, type Interval, newcombe } from './intervals.ts'
import { ratioInterval } from './ratio-interval.ts'
import type { TrackRecord } from './track-record.ts'

// Below these nothing is decided. Twenty cases are the fewest at which one bad one more or less is not most of the difference.
const least = { runs: 20, judged: 20, recordings: 5 }
// Seconds for an hour of recording: what detection may take at most. A newcomer that stays below it may be slower than the old one.
const mostSecondsPerHour = 1

export interface ShareCompared {
  /** So many bad of so many, old and new. */
  old: Group
  new: Group
  /** New share less old share with its 95 % interval; null with too few cases. */
  difference: (Interval & { mean: number }) | null
}

export interface TimeCompared {
  /** Geometric means in seconds for an hour of recording; null without any. */
  old: number | null
  new: number | null
  /** New over old with its 95 % interval; null with too few cases. */
  ratio: (Interval & { mean: number }) | null
}

/** What speaks for and against a new version beside the old one, with all that a person needs to check it. */
export interface Evidence {
  errors: ShareCompared
  discards: ShareCompared
  seconds: TimeCompared
  /** In what the new one is worse beyond the 95 % interval. */
  worse: ('errors' | 'seconds' | 'discards')[]
  /** Which tests were used. */
  tests: string
}

type Seen = Pick<TrackRecord, 'runs' | 'judged'>

/**
 * Compares two versions on the recordings each was given. Errors (detections that failed) and discards (judged moments that people did not want):
 * Newcombe's interval of the difference of two shares, the cases of one recording counted for as much as they say together (Rao and Scott).
 * Times: bootstrap of the ratio of geometric means over recordings; slower counts only where it is also slower than detection may be.
 */
export function compareVersions({ older, newer }: { older: Seen; newer: Seen }): Evidence {
  const errors = compareShares(errorGroups(older), errorGroups(newer), least.runs)
  const discards = compareShares(discardGroups(older), discardGroups(newer), least.judged)
  const seconds = compareTimes(older, newer)
  const worse: Evidence['worse'] = []
  if (errors.difference !== null && errors.difference.low > 0) worse.push('errors')
  if (seconds.ratio !== null && seconds.ratio.low > 1 && (seconds.new ?? 0) > mostSecondsPerHour) worse.push('seconds')
  if (discards.difference !== null && discards.difference.low > 0) worse.push('discards')
  return { errors, discards, seconds, worse, tests }
}

const tests =
  'Errors and discards: Newcombe (1998) interval of the difference of two shares, 95 %, cases of a recording weighed by Rao and Scott (1992), ' +
  `from ${least.runs} detections or ${least.judged} judged moments of ${least.recordings} recordings each. Time: 95 % percentile bootstrap over ` +
  `recordings of the ratio of geometric means, from ${least.runs} detections of ${least.recordings} recordings each, and more than ${mostSecondsPerHour} s an hour.`

function errorGroups({ runs }: Seen): Group[] {
  return grouped(runs.map(({ recordingId, failed }) => ({ recordingId, bad: failed })))
}

function discardGroups({ judged }: Seen): Group[] {
  return grouped(judged.map(({ recordingId, discarded }) => ({ recordingId, bad: discarded })))
}

function grouped(cases: readonly { recordingId: string; bad: boolean }[]): Group[] {
  return [...Map.groupBy(cases, ({ recordingId }) => recordingId).values()].map((group) => ({
    bad: group.filter(({ bad }) => bad).length,
    of: group.length,
  }))
}

function compareShares(older: readonly Group[], newer: readonly Group[], fewest: number): ShareCompared {
  const [first, second] = [sumOf(older), sumOf(newer)]
  const isEnough = (groups: readonly Group[], { of }: Group) => of >= fewest && groups.length >= least.recordings
  if (!isEnough(older, first) || !isEnough(newer, second)) return { old: first, new: second, difference: null }
  const interval = newcombe(effectiveCases(older), effectiveCases(newer))
  return {
    old: first,
    new: second,
    difference: { mean: second.bad / second.of - first.bad / first.of, ...interval },
  }
}

function sumOf(groups: readonly Group[]): Group {
  return groups.reduce((sum, { bad, of }) => ({ bad: sum.bad + bad, of: sum.of + of }), { bad: 0, of: 0 })
}

function compareTimes(older: Seen, newer: Seen): TimeCompared {
  const [first, second] = [timesOf(older), timesOf(newer)]
  const means = { old: geometricMean(first.means), new: geometricMean(second.means) }
  const isEnough = [first, second].every(
    ({ count, means: { length } }) => count >= least.runs && length >= least.recordings,
  )
  if (!isEnough) return { ...means, ratio: null }
  const { ratio, low, high } = ratioInterval(first.means, second.means)
  return { ...means, ratio: { mean: ratio, low, high } }
}

/** One mean for each recording, and how many detections they are of. */
function timesOf({ runs }: Seen): { count: number; means: number[] } {
  const timed = runs.flatMap(({ recordingId, secondsPerHour }) =>
    secondsPerHour === null ? [] : [{ recordingId, secondsPerHour }],
  )
  const groups = [...Map.groupBy(timed, ({ recordingId }) => recordingId).values()]
  return {
    count: timed.length,
    means: groups.flatMap((group) => geometricMean(group.map(({ secondsPerHour }) => secondsPerHour)) ?? []),
  }
}

/** Null for none. */
export function geometricMean(values: readonly number[]): number | null {
  if (values.length === 0) return null
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}
