import type { Lag } from './find-lag.ts'
import { changedShare, type GrayPicture } from './gray-picture.ts'
import { type QualityCheck, verdict } from './quality-report.ts'

/** Sound that is this late or early is noticed (ITU-R BT.1359-1 puts the threshold at +45/−125 ms). Seconds. */
const tolerance = 0.04

interface Synchrony {
  /** By which the sound's stream starts later than the picture's, seconds. */
  startOffset: number
  /** Both measured against the recording; null where that can't be told. Seconds. */
  soundLag: Lag | null
  pictureLag: number | null
}

/**
 * Whether sound and picture belong together: each compared with the recording, where it says enough; else by when their streams
 * begin.
 */
export function checkSynchrony({ startOffset, soundLag, pictureLag }: Synchrony): QualityCheck {
  const starts = `Sound starts ${Math.round(startOffset * 1000)} ms after the picture`
  if (!soundLag)
    return verdict('synchrony', Math.abs(startOffset) <= tolerance, `${starts}; its content tells no more.`)
  const offset = soundLag.seconds - (pictureLag ?? 0)
  const found = `Sound is ${Math.round(offset * 1000)} ms after the picture, compared with the recording`
  return verdict('synchrony', Math.abs(offset) <= tolerance + 1e-6, `${found} (${starts.toLowerCase()}).`)
}

/** Share of a picture that is at least different when it is another one: two encodings of the same differ by less. */
const leastChange = 0.01
/** A clip's picture really is that of another time when it is this much more like it. */
const clearly = 0.4

/**
 * How much later a clip's picture is than it should be, from one of it and the recording's at its time and some frames before and after. Null where
 * nothing moves.
 */
export function pictureLagOf(
  clip: GrayPicture,
  recording: readonly { /** Seconds from the clip's time. */ offset: number; picture: GrayPicture }[],
  skip?: Uint8Array,
): number | null {
  const places = recording.map(({ offset, picture }) => ({ offset, changed: changedShare(clip, picture, skip) }))
  const here = places.find(({ offset }) => offset === 0)
  if (!here || places.length < 2 || places.every(({ changed }) => Math.abs(changed - here.changed) < leastChange))
    return null
  const best = places.reduce((a, b) => (b.changed < a.changed ? b : a), here)
  const isOther = here.changed - best.changed >= leastChange && best.changed <= clearly * here.changed
  // A picture like a later one of the recording is early.
  return isOther ? -best.offset : 0
}
