import type { VideoStream } from '../../../domain/media-info.ts'

/** Rates that editors have timelines for. */
const rates = [
  [24_000, 1001],
  [24, 1],
  [25, 1],
  [30_000, 1001],
  [30, 1],
  [48, 1],
  [50, 1],
  [60_000, 1001],
  [60, 1],
] as const

/**
 * The rate of a timeline for a recording: its own where editors have it, else the nearest (a phone's wandering 29.8 is edited at 29.97 or 30 there
 * too). Recordings without a picture get 30, as their clips do.
 */
export function timelineRate(video: Pick<VideoStream, 'frameRate'> | null): { numerator: number; denominator: number } {
  if (!video) return { numerator: 30, denominator: 1 }
  const off = ([numerator, denominator]: (typeof rates)[number]) => Math.abs(numerator / denominator - video.frameRate)
  const [numerator, denominator] = rates.toSorted((a, b) => off(a) - off(b))[0] ?? rates[4]
  return { numerator, denominator }
}
