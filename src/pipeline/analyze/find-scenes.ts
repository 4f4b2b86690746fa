import type { MediaInfo, VideoStream } from '../../domain/media-info.ts'
import { lengthOf, roundToMs, type TimeRange } from '../../domain/time-range.ts'
import type { Media } from '../../media/create-media.ts'
import { mediaInput } from '../../media/media-input.ts'
import { seekInput } from '../../media/seek-input.ts'
import { type CutRule, changeFilters, createChangeParser, createCutFinder } from './picture-changes.ts'

interface Recording {
  media: Media
  path: string
  info: MediaInfo
}

export interface CoarseCuts {
  /** Seconds from the start of the recording, in order; each is at the first keyframe after the cut. */
  cuts: number[]
  warnings: string[]
}

/** Between two keyframes seconds apart a moving picture changes much; other pictures differ by 25 and more. */
const keyframeRule: CutRule = { outright: 25 }
const frameRule: CutRule = { outright: null }
/** With fewer keyframes than one in this many seconds, looking at them alone says nothing about scenes. */
const SPARSE_SECONDS = 20
/** Read before an exact span, so that its first frame has something to differ from. */
const LEAD_SECONDS = 0.5

/**
 * Where the picture changes over the whole recording, to the precision of its keyframes, which alone are decoded (about a
 * hundredth of the playing time for 1080p). A recording with hardly any keyframes is decoded whole, with a warning.
 */
export async function findSceneCuts({
  media,
  path,
  info,
  onProgress,
}: Recording & { onProgress?: ((fraction: number) => void) | undefined }): Promise<CoarseCuts> {
  const { video, duration } = info
  if (!video) return { cuts: [], warnings: [] }
  const scan = (before: string[], rule: CutRule) =>
    scanPicture({ media, video, duration, onProgress, rule, input: mediaInput(path, before) })
  const { cuts, frames } = await scan(keyframesOnly(video), keyframeRule)
  if (duration / Math.max(1, frames) <= SPARSE_SECONDS) return { cuts, warnings: [] }
  const every = await scan([], frameRule)
  return {
    cuts: every.cuts,
    warnings: ['The video has hardly any keyframes; all of it was decoded to find its scenes, which takes longer.'],
  }
}

/**
 * Where the picture changes inside one span, to the frame: every frame of it is decoded (about a tenth of the playing time
 * for 1080p). Seconds from the start of the recording, in order, `range.start <= t < range.end`.
 */
export async function findExactSceneCuts({
  media,
  path,
  info,
  range,
}: Recording & { range: TimeRange }): Promise<number[]> {
  const { video } = info
  if (!video || lengthOf(range) <= 0) return []
  const start = roundToMs(Math.max(0, range.start - LEAD_SECONDS))
  const seconds = range.end - start
  const { args, skip } = seekInput({ path, container: info.container, start, seconds })
  const from = start - skip
  const { cuts } = await scanPicture({ media, video, duration: seconds + skip, input: args, rule: frameRule })
  return cuts.map((cut) => roundToMs(from + cut)).filter((cut) => cut >= range.start && cut < range.end)
}

/**
 * AV1 decoders decode all the same, so there the demuxer leaves the other frames out; elsewhere that would shift times, because
 * with reordered frames ffmpeg guesses them from what came before.
 */
function keyframesOnly({ codec }: VideoStream): string[] {
  return codec === 'av1' ? ['-discard', 'nokey'] : ['-skip_frame', 'nokey']
}

interface Scan {
  media: Media
  input: string[]
  video: VideoStream
  /** Seconds of picture to expect. */
  duration: number
  rule: CutRule
  onProgress?: ((fraction: number) => void) | undefined
}

async function scanPicture({ media, input, video, duration, rule, onProgress }: Scan) {
  const parseLine = createChangeParser()
  const isCut = createCutFinder(rule)
  const cuts: number[] = []
  let frames = 0
  await media.ffmpegLines({
    args: [
      ...input,
      '-map',
      `0:${video.streamIndex}`,
      '-vf',
      changeFilters(media.tools.capabilities),
      '-f',
      'null',
      '-',
    ],
    duration,
    onProgress: ({ fraction }) => onProgress?.(fraction),
    onLine: (line) => {
      const change = parseLine(line)
      if (!change) return
      frames++
      if (isCut(change)) cuts.push(roundToMs(change.time))
    },
  })
  return { cuts, frames }
}
