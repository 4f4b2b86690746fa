import { roundToMs } from '../domain/time-range.ts'
import { mediaInput } from './media-input.ts'
import { seekLead } from './seek-lead.ts'

export interface SeekRequest {
  path: string
  /** ffmpeg's name of the container, as probed. */
  container: string
  /** Where to begin, seconds of the recording. */
  start: number
  /** How much to read from there. */
  seconds: number
  /** More options of this input, e.g. `['-an']`. */
  options?: readonly string[]
}

export interface SoughtInput {
  args: string[]
  /** Seconds that come before `start` and are to be dropped by the filters (`dropPicture`, `dropSound`); 0 for most containers. */
  skip: number
}

/**
 * The arguments that open a recording at a time, to the millisecond. Once `skip` seconds are dropped, time 0 of the filters is
 * `start`, whatever the container; nothing is decoded twice or too much where ffmpeg's seeking is exact.
 */
export function seekInput({ path, container, start, seconds, options = [] }: SeekRequest): SoughtInput {
  const lead = seekLead(container)
  const from = roundToMs(Math.max(0, start - lead))
  const skip = roundToMs(Math.max(0, start) - from)
  const seek = lead > 0 && from === 0 ? fromTheBeginning : ['-ss', from.toFixed(3)]
  return { args: mediaInput(path, [...options, ...seek, '-t', (seconds + skip).toFixed(3)]), skip }
}

/**
 * `-ss 0` would lose what comes before the first keyframe after it. And from the beginning of MPEG-TS and MPEG-PS ffmpeg counts
 * from where the streams in use begin, so that sound alone and picture alone have different zeros; a microsecond of offset keeps
 * it from that ("Correcting starttime based on the enabled streams", fftools).
 */
const fromTheBeginning = ['-itsoffset', '0.000001']

/** Filters to begin a chain of pictures with; none where nothing is to be dropped. Seconds. */
export function dropPicture(skip: number): string[] {
  return skip > 0 ? [`trim=start=${skip.toFixed(3)}`, `setpts=PTS-(${skip.toFixed(3)})/TB`] : []
}

/** The same for sound. */
export function dropSound(skip: number): string[] {
  return skip > 0 ? [`atrim=start=${skip.toFixed(3)}`, `asetpts=PTS-(${skip.toFixed(3)})/TB`] : []
}
