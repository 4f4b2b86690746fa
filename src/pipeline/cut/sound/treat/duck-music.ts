import type { TimeRange } from '../../../../domain/time-range.ts'

/** A stretch of a clip in which music makes room: down from `start`, down by `low`, up from `end`, up again by `high`. Seconds. */
export interface Dip extends TimeRange {
  low: number
  high: number
}

/** Music goes down before someone speaks, as a person at a mixing desk does who knows what comes. Seconds. */
const fadeDown = 0.25
/** Slowly up again, or every breath would be heard as a swell. */
const fadeUp = 0.6
/** A pause shorter than this is a breath; music that came up would be down again before it was heard. */
const shortestPause = 1
/** Words end softer than any threshold. */
const hold = 0.15

/**
 * Where somebody speaks, from levels (dB below full scale) of windows of equal length. Loud is what is within 25 dB of the
 * loudest tenth, or clear of a noise that never stops; pauses too short to fill are bridged.
 *
 * @param seconds of one window
 */
export function findSpeech(levels: readonly number[], seconds: number): TimeRange[] {
  const loud = percentile(levels, 0.9)
  const floor = percentile(levels, 0.1)
  const threshold = Math.max(loud - 25, Math.min(floor + 6, loud - 12))
  const speech: TimeRange[] = []
  for (const [i, level] of levels.entries()) {
    if (level < threshold || level < -70) continue
    const window = { start: i * seconds, end: (i + 1) * seconds + hold }
    const last = speech.at(-1)
    if (last && window.start - last.end < shortestPause)
      speech[speech.length - 1] = { start: last.start, end: window.end }
    else speech.push(window)
  }
  return speech
}

/** What the music does where somebody speaks; before a clip begins and after it ends there is nothing to come up for. */
export function planDips(speech: readonly TimeRange[]): Dip[] {
  return speech.map(({ start, end }) => ({ start: start - fadeDown, low: start, end, high: end + fadeUp }))
}

/**
 * Music's gain at time `t` as an expression of ffmpeg, in decibels straight from one level to the next. A sum of one term a dip:
 * nesting would stop at 100.
 */
export function duckingExpression(dips: readonly Dip[], { gain, depth }: { gain: number; depth: number }): string {
  const shares = dips.map(({ start, low, end, high }) => `+${ramp(start, low)}-${ramp(end, high)}`)
  const decibels = `${gain.toFixed(2)}${shares.length === 0 ? '' : `-${depth.toFixed(2)}*(0${shares.join('')})`}`
  return `pow(10,(${decibels})/20)`
}

function ramp(from: number, to: number): string {
  return `clip((t-(${from.toFixed(3)}))/${(to - from).toFixed(3)},0,1)`
}

/** Of the windows with any sound at all; −100 without one. */
export function percentile(levels: readonly number[], share: number): number {
  const sorted = levels.filter((level) => level > -100).toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? -100
}
