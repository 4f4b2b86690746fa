import type { VideoStream } from '../../domain/media-info.ts'
import { lengthOf, type TimeRange } from '../../domain/time-range.ts'
import type { Media } from '../../media/create-media.ts'
import { mediaInput } from '../../media/media-input.ts'
import { runTool } from '../../media/run-tool.ts'
import type { GrayFrame } from './picture-detail.ts'

interface SampleRequest {
  media: Media
  path: string
  scene: TimeRange
  video: VideoStream
  signal: AbortSignal
}

/** Pixels of the long side: edges of faces and furniture survive, noise does not. */
const longSide = 160
/** In a short scene hardly anything changes between its first and its last third. Seconds. */
const shortScene = 3

/**
 * Two or three small gray pictures of a scene, spread over it and away from its ends, where fades are. Each is a seek of its own, so
 * that a long scene costs no more than a short one. Fewer, or none, when the picture ends before the scene.
 */
export async function sampleGrayFrames({ media, path, scene, video, signal }: SampleRequest): Promise<GrayFrame[]> {
  const size = smallSize(video)
  const moments = (lengthOf(scene) < shortScene ? [0.25, 0.75] : [0.2, 0.5, 0.8]).map(
    (share) => scene.start + share * lengthOf(scene),
  )
  const inputs = moments.flatMap((time) => mediaInput(path, ['-an', '-sn', '-ss', time.toFixed(3), '-t', '1']))
  const chains = moments.map((_, i) => {
    return `[${i}:${video.streamIndex}]trim=end_frame=1,scale=${size.width}:${size.height}:flags=area,format=gray,setsar=1[m${i}]`
  })
  const join = `${moments.map((_, i) => `[m${i}]`).join('')}concat=n=${moments.length}:v=1:a=0,setpts=N/25/TB[all]`
  const bytes = await readRawVideo({
    media,
    signal,
    args: [
      ...inputs,
      '-filter_complex',
      [...chains, join].join(';'),
      '-map',
      '[all]',
      '-r',
      '25',
      '-f',
      'rawvideo',
      'pipe:1',
    ],
    mostBytes: moments.length * size.width * size.height,
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

interface RawVideoRequest {
  media: Media
  args: readonly string[]
  signal: AbortSignal
  /** What comes after this is dropped. */
  mostBytes: number
}

/** `media.ffmpeg` keeps standard output for progress; here the pictures come through it, so no file is left by a crash. */
async function readRawVideo({ media, args, signal, mostBytes }: RawVideoRequest): Promise<Buffer> {
  const chunks: Buffer[] = []
  await runTool({
    command: media.tools.ffmpeg.path,
    env: media.tools.ffmpeg.env,
    args: ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'warning', ...args],
    signal,
    timeoutSeconds: 120,
    onStdout: (chunk) => chunks.push(chunk),
  })
  return Buffer.concat(chunks).subarray(0, mostBytes)
}
