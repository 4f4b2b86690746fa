import type { MediaInfo } from '../../../domain/media-info.ts'
import { lengthOf, type TimeRange } from '../../../domain/time-range.ts'
import type { Media } from '../../../media/create-media.ts'
import { dropPicture, seekInput } from '../../../media/seek-input.ts'
import type { RgbPicture } from '../face-detector.ts'
import { yuvToRgb } from './yuv-to-rgb.ts'

/** A small picture of a recording at one time. */
export interface Sample {
  /** Seconds of the recording. */
  time: number
  width: number
  height: number
  /** Brightness, one byte a pixel, row by row. */
  luma: Uint8Array
  /** In colour; worked out anew with every call. */
  rgb(): RgbPicture
}

interface SampleRequest {
  media: Media
  path: string
  info: MediaInfo
  /** What is to be seen, seconds of the recording. */
  range: TimeRange
  signal: AbortSignal
}

/** Samples a second. A mouth opens and closes four to five times a second; seeing that takes about twice as many. */
export const sampleRate = 8
/** Pixels of the long side: a face of a hundredth of a 16:9 picture still has 40 pixels. */
const longSide = 640
/** Seconds read at a time: 64 pictures, at most 40 MB. */
const chunkSeconds = 8

/**
 * Small pictures of a span at every eighth of a second of the recording, so that spans that overlap see the same ones, upright and with square pixels as people see them. Each part of the span is decoded
 * once; only a chunk of it is held at a time. Ends early where the picture does.
 */
export async function* samplePictures(request: SampleRequest): AsyncGenerator<Sample> {
  const { range, signal } = request
  for (let start = firstSample(range); start < range.end - 1e-3; start += chunkSeconds) {
    signal.throwIfAborted()
    const chunk = { start, end: Math.min(range.end, start + chunkSeconds) }
    const samples = await readChunk(request, chunk)
    yield* samples
    if (samples.length < Math.floor(lengthOf(chunk) * sampleRate) - 1) return
  }
}

function firstSample({ start, end }: TimeRange): number {
  const first = Math.ceil(start * sampleRate - 1e-6) / sampleRate
  return first < end ? first : start
}

async function readChunk(request: SampleRequest, chunk: TimeRange): Promise<Sample[]> {
  const { media, path, info, signal } = request
  const { video } = info
  if (!video) return []
  const { width, height } = smallSize(video)
  const most = Math.max(1, Math.ceil(lengthOf(chunk) * sampleRate - 1e-6))
  // A little more than is shown, for the last sample of a slow recording.
  const { args, skip } = seekInput({
    path,
    container: info.container,
    start: chunk.start,
    seconds: lengthOf(chunk) + 0.5,
    options: ['-an', '-sn'],
  })
  const filters = [
    ...dropPicture(skip),
    // Rounded up, a sample is the frame that is shown at its time; else it may be one that comes later.
    `fps=fps=${sampleRate}:start_time=0:round=up`,
    `trim=end_frame=${most}`,
    `scale=${width}:${height}:flags=area,setsar=1,format=yuv420p`,
  ].join(',')
  const size = (width * height * 3) / 2
  const bytes = await media.withSignal(signal).ffmpegBytes({
    args: [
      ...args,
      ...['-filter_complex', `[0:${video.streamIndex}]${filters}[small]`, '-map', '[small]'],
      ...['-frames:v', String(most), '-f', 'rawvideo', 'pipe:1'],
    ],
    mostBytes: most * size,
    timeoutSeconds: 180 + skip,
  })
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => {
    const picture = bytes.subarray(i * size, (i + 1) * size)
    return {
      time: chunk.start + i / sampleRate,
      width,
      height,
      luma: picture.subarray(0, width * height),
      rgb: () => yuvToRgb({ width, height, pixels: picture }),
    }
  })
}

/** Both sides are even: colours come in pairs. A smaller picture is never enlarged. */
export function smallSize({ width, height }: { width: number; height: number }): { width: number; height: number } {
  const factor = Math.min(1, longSide / Math.max(width, height))
  const side = (length: number) => Math.max(2, Math.round((length * factor) / 2) * 2)
  return { width: side(width), height: side(height) }
}
