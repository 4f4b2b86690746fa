import type { VideoStream } from '../../domain/media-info.ts'
import { lengthOf, type TimeRange } from '../../domain/time-range.ts'
import type { Media } from '../../media/create-media.ts'
import { dropPicture, seekInput } from '../../media/seek-input.ts'
import type { GrayFrame } from './picture-detail.ts'

interface SampleRequest {
  media: Media
  path: string
  /** ffmpeg's name of it, as probed. */
  container: string
  scene: TimeRange
  video: VideoStream
  signal: AbortSignal
}

/** Pixels of the long side: edges of faces and furniture survive, noise does not. */
const longSide = 160
/** In a short scene hardly anything changes between its first and its last third. Seconds. */
const shortScene = 3

/**
 * Two or three small gray pictures of a scene, spread over it and away from its ends, where fades are. Each is a seek of its
 * own, so that a long scene costs no more than a short one. Fewer, or none, when the picture ends before the scene.
 */
export async function sampleGrayFrames(request: SampleRequest): Promise<GrayFrame[]> {
  const { media, path, container, scene, video, signal } = request
  const size = smallSize(video)
  const moments = (lengthOf(scene) < shortScene ? [0.25, 0.75] : [0.2, 0.5, 0.8]).map(
    (share) => scene.start + share * lengthOf(scene),
  )
  const inputs = moments.map((start) => seekInput({ path, container, start, seconds: 1, options: ['-an', '-sn'] }))
  const shrink = `trim=end_frame=1,scale=${size.width}:${size.height}:flags=area,format=gray,setsar=1`
  const chains = inputs.map(({ skip }, i) => {
    return `[${i}:${video.streamIndex}]${[...dropPicture(skip), shrink].join(',')}[m${i}]`
  })
  const join = `${moments.map((_, i) => `[m${i}]`).join('')}concat=n=${moments.length}:v=1:a=0,setpts=N/25/TB[all]`
  const bytes = await media.withSignal(signal).ffmpegBytes({
    args: [
      ...inputs.flatMap(({ args }) => args),
      '-filter_complex',
      [...chains, join].join(';'),
      '-map',
      '[all]',
      '-r',
      '25',
      '-frames:v',
      String(moments.length),
      '-f',
      'rawvideo',
      'pipe:1',
    ],
    mostBytes: moments.length * size.width * size.height,
    timeoutSeconds: 120 + inputs.reduce((sum, { skip }) => sum + skip, 0),
  })
  return Array.from({ length: Math.floor(bytes.length / (size.width * size.height)) }, (_, i) => ({
    ...size,
    pixels: bytes.subarray(i * size.width * size.height, (i + 1) * size.width * size.height),
  }))
}

function smallSize({ width, height }: { width: number; height: number }): { width: number; height: number } {
  const factor = Math.min(1, longSide / Math.max(width, height))
  return { width: Math.max(2, Math.round(width * factor)), height: Math.max(2, Math.round(height * factor)) }
}
