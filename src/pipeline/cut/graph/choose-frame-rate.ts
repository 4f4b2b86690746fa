import type { VideoStream } from '../../../domain/media-info.ts'

/** Frames a second as a fraction, because 29.97 is 30000/1001. */
export interface FrameRate {
  numerator: number
  denominator: number
}

/** What platforms and players expect. Below 23 a word-by-word caption stutters; above 60 nobody shows it. */
const standardRates: readonly FrameRate[] = [
  { numerator: 24_000, denominator: 1001 },
  { numerator: 24, denominator: 1 },
  { numerator: 25, denominator: 1 },
  { numerator: 30_000, denominator: 1001 },
  { numerator: 30, denominator: 1 },
  { numerator: 48, denominator: 1 },
  { numerator: 50, denominator: 1 },
  { numerator: 60_000, denominator: 1001 },
  { numerator: 60, denominator: 1 },
]
const thirty: FrameRate = { numerator: 30, denominator: 1 }
const sixty: FrameRate = { numerator: 60, denominator: 1 }
/** Averages are counted over a whole file and so are a little off; 29.97 and 30 are 0.1 % apart. */
const tolerance = 0.01

/**
 * The constant rate a clip is made with: the source's own, when that is a standard one; 30 for a source without a steady
 * rate, without a picture, or slower than film; the next faster whole one for anything odd in between; 60 at most.
 */
export function chooseFrameRate(video: Pick<VideoStream, 'frameRate' | 'variableFrameRate'> | null): FrameRate {
  if (!video || video.variableFrameRate || !(video.frameRate > 23)) return thirty
  const distance = (rate: FrameRate) => Math.abs(perSecond(rate) - video.frameRate)
  const nearest = standardRates.toSorted((a, b) => distance(a) - distance(b))[0]
  if (nearest && distance(nearest) <= tolerance * video.frameRate) return nearest
  return standardRates.find((rate) => rate.denominator === 1 && rate.numerator >= video.frameRate) ?? sixty
}

export function perSecond({ numerator, denominator }: FrameRate): number {
  return numerator / denominator
}
