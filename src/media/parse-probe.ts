import { z } from 'zod'
import type { AudioStream, MediaInfo, SubtitleStream, VideoStream } from '../domain/media-info.ts'
import { roundToMs } from '../domain/time-range.ts'
import { MediaPictureTooLarge } from './media-errors.ts'

/** What a file says about itself. How long it really is must be measured: headers lie, above all after an interrupted recording. */
export interface ParsedProbe {
  info: Omit<MediaInfo, 'duration'>
  /** Seconds, as the header has it; null when it says nothing or nonsense. */
  claimedDuration: number | null
  /** What the first timestamp of the file reads, in seconds; times in `info` and everywhere else count from it. */
  timestampOffset: number
}

/** Below this there is nothing to see, and encoders refuse. */
const LEAST_SIDE = 16
/** 8K in any shape (7680×4320, square 360° video) fits; one decoded frame is then about 100 MB. */
const MOST_PIXELS = 8192 * 8192
/** Longer claims are damage: 1000 hours. */
const MOST_SECONDS = 3_600_000

const textCodecs = new Set([
  'subrip',
  'srt',
  'ass',
  'ssa',
  'mov_text',
  'webvtt',
  'text',
  'ttml',
  'subviewer',
  'microdvd',
  'sami',
  'stl',
])
const stillCodecs = new Set(['mjpeg', 'png', 'bmp', 'gif', 'webp', 'tiff', 'jpegxl', 'jpeg2000'])
const interlacedOrders = new Set(['tt', 'bb', 'tb', 'bt'])
const hdrTransfers = new Set(['smpte2084', 'arib-std-b67'])

/** ffprobe writes numbers as numbers, as text or as `N/A`, and may write `nan` or `inf`. */
const finite = z.preprocess((value) => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}, z.number().nullable())
const text = z.string().nullable().catch(null)
const tags = z.record(z.string(), z.unknown()).catch({})

const streamSchema = z.object({
  index: z.number().int().nonnegative(),
  codec_type: text,
  codec_name: text,
  width: finite,
  height: finite,
  sample_aspect_ratio: text,
  avg_frame_rate: text,
  r_frame_rate: text,
  nb_frames: finite,
  field_order: text,
  color_transfer: text,
  channels: finite,
  sample_rate: finite,
  start_time: finite,
  disposition: z.record(z.string(), z.unknown()).catch({}),
  tags,
  side_data_list: z.array(z.object({ rotation: finite }).catch({ rotation: null })).catch([]),
})
type Stream = z.infer<typeof streamSchema>

const probeSchema = z.object({
  format: z.object({ format_name: z.string(), duration: finite, start_time: finite, tags }),
  streams: z.array(streamSchema),
})

/**
 * Reads what `ffprobe -show_format -show_streams -of json` printed; null when it is not that.
 * @throws MediaPictureTooLarge
 */
export function parseProbe(json: string, { sizeBytes }: { sizeBytes: number }): ParsedProbe | null {
  const parsed = probeSchema.safeParse(parseJson(json))
  if (!parsed.success) return null
  const { format, streams } = parsed.data
  const timestampOffset = format.start_time ?? 0
  const warnings: string[] = []
  return {
    info: {
      container: format.format_name,
      ...titleOf(format),
      sizeBytes,
      video: chooseVideo(streams, { timestampOffset, warnings }),
      coverArt: findCoverArt(streams),
      audio: listAudio(streams, { timestampOffset, warnings }),
      subtitles: listSubtitles(streams),
      warnings,
    },
    claimedDuration:
      format.duration !== null && format.duration > 0 && format.duration < MOST_SECONDS ? format.duration : null,
    timestampOffset,
  }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

interface Reading {
  timestampOffset: number
  warnings: string[]
}

function chooseVideo(streams: Stream[], { timestampOffset, warnings }: Reading): VideoStream | null {
  const pictures = streams.filter((stream) => stream.codec_type === 'video' && !isStill(stream))
  const usable = pictures.filter((stream) => {
    const [width, height] = [stream.width ?? 0, stream.height ?? 0]
    if (width * height > MOST_PIXELS) throw new MediaPictureTooLarge(width, height)
    if (width >= LEAST_SIDE && height >= LEAST_SIDE && stream.codec_name !== null) return true
    warnings.push(`A picture of ${width}×${height} pixels is too small to use; it was left out.`)
    return false
  })
  const [chosen] = usable.toSorted(byDefaultThenIndex)
  if (!chosen) return null
  if (usable.length > 1)
    warnings.push(`The file has ${usable.length} pictures; the first one (stream ${chosen.index}) is used.`)
  const rotation = rotationOf(chosen)
  const rates = frameRateOf(chosen)
  const shown = squarePixels(chosen, warnings)
  const turned = rotation === 90 || rotation === 270
  const isHdr = hdrTransfers.has(chosen.color_transfer ?? '')
  return {
    streamIndex: chosen.index,
    codec: chosen.codec_name ?? 'unknown',
    width: turned ? shown.height : shown.width,
    height: turned ? shown.width : shown.height,
    rotation,
    frameRate: rates.frameRate,
    variableFrameRate: rates.variable,
    interlaced: interlacedOrders.has(chosen.field_order ?? ''),
    hdr: isHdr,
    ...(isHdr && chosen.color_transfer && { transfer: chosen.color_transfer }),
    startTime: startOf(chosen, timestampOffset),
  }
}

/** A cover picture: marked as one, or a picture codec without a second frame. Moving JPEG has a frame rate. */
function isStill(stream: Stream): boolean {
  if (isSet(stream, 'attached_pic') || isSet(stream, 'timed_thumbnails')) return true
  if (!stillCodecs.has(stream.codec_name ?? '')) return false
  return stream.nb_frames === 1 || fraction(stream.avg_frame_rate) === null
}

function findCoverArt(streams: Stream[]): MediaInfo['coverArt'] {
  const cover = streams.find((stream) => stream.codec_type === 'video' && isStill(stream) && (stream.width ?? 0) > 1)
  return cover ? { streamIndex: cover.index } : null
}

/** Pixels that are not square widen or narrow the picture; shapes beyond 1:4 are damage, not anamorphic video. */
function squarePixels(stream: Stream, warnings: string[]): { width: number; height: number } {
  const [width, height] = [stream.width ?? 0, stream.height ?? 0]
  const shape = fraction(stream.sample_aspect_ratio?.replace(':', '/') ?? null) ?? 1
  if (shape < 1 / 4 || shape > 4) {
    warnings.push(`The pixel shape ${stream.sample_aspect_ratio} makes no sense and was ignored.`)
    return { width, height }
  }
  return { width: Math.round(width * shape), height }
}

/** The display matrix says counter-clockwise, the older tag clockwise. */
function rotationOf(stream: Stream): number {
  const matrix = stream.side_data_list.find((data) => data.rotation !== null)?.rotation ?? null
  const tag = Number(stream.tags['rotate'] ?? 0)
  const clockwise = matrix === null ? tag : -matrix
  if (!Number.isFinite(clockwise) || Math.abs(clockwise) > 360) return 0
  return (((Math.round(clockwise / 90) * 90) % 360) + 360) % 360
}

function frameRateOf(stream: Stream): { frameRate: number; variable: boolean } {
  const average = saneRate(fraction(stream.avg_frame_rate))
  const base = saneRate(fraction(stream.r_frame_rate))
  const frameRate = average ?? base ?? 25
  // The base of interlaced video, and of raw H.264 always, counts fields.
  const isFieldRate = base !== null && average !== null && Math.abs(base / average - 2) < 0.02
  // Rounded time bases alone differ by less than a hundredth.
  const variable = base !== null && average !== null && !isFieldRate && Math.abs(base - average) / average > 0.01
  return { frameRate: roundToMs(frameRate), variable }
}

/** Above 1000 it is a time base, not a rate; slide shows go down to a frame in minutes. */
function saneRate(rate: number | null): number | null {
  return rate !== null && rate <= 1000 && rate >= 0.001 ? rate : null
}

function listAudio(streams: Stream[], { timestampOffset, warnings }: Reading): AudioStream[] {
  const tracks = streams.filter((stream) => stream.codec_type === 'audio')
  const usable = tracks.filter(
    (stream) => stream.codec_name !== null && (stream.channels ?? 0) > 0 && (stream.sample_rate ?? 0) > 0,
  )
  if (usable.length < tracks.length) {
    warnings.push(`${tracks.length - usable.length} of ${tracks.length} audio tracks can't be read and were left out.`)
  }
  return usable.toSorted(byUsefulness).map((stream) => ({
    streamIndex: stream.index,
    codec: stream.codec_name ?? 'unknown',
    channels: stream.channels ?? 0,
    sampleRate: stream.sample_rate ?? 0,
    language: languageOf(stream),
    title: tagOf(stream, 'title'),
    startTime: startOf(stream, timestampOffset),
  }))
}

function listSubtitles(streams: Stream[]): SubtitleStream[] {
  return streams
    .filter((stream) => stream.codec_type === 'subtitle')
    .map((stream) => ({
      streamIndex: stream.index,
      codec: stream.codec_name ?? 'unknown',
      isText: textCodecs.has(stream.codec_name ?? ''),
      language: languageOf(stream),
      title: tagOf(stream, 'title'),
    }))
}

function byDefaultThenIndex(a: Stream, b: Stream): number {
  return Number(isSet(b, 'default')) - Number(isSet(a, 'default')) || a.index - b.index
}

/** The main track first; commentary and audio description are other things than the programme. */
function byUsefulness(a: Stream, b: Stream): number {
  return Number(isAside(a)) - Number(isAside(b)) || byDefaultThenIndex(a, b)
}

function isAside(stream: Stream): boolean {
  return isSet(stream, 'comment') || isSet(stream, 'visual_impaired') || isSet(stream, 'descriptions')
}

function isSet(stream: Stream, disposition: string): boolean {
  return stream.disposition[disposition] === 1
}

function languageOf(stream: Stream): string | null {
  const language = tagOf(stream, 'language')
  return language === 'und' ? null : language
}

const longestTitle = 300

/** What nobody wrote for a person to read: control characters, or far too much. */
function titleOf(format: Pick<Stream, 'tags'>): { title?: string } {
  const title =
    tagOf(format, 'title')
      ?.replace(/\p{C}+/gu, ' ')
      .trim() ?? ''
  return title === '' ? {} : { title: Array.from(title).slice(0, longestTitle).join('') }
}

/** Tags are in capitals in some containers. */
function tagOf(stream: Pick<Stream, 'tags'>, name: string): string | null {
  const value = stream.tags[name] ?? stream.tags[name.toUpperCase()]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

function startOf(stream: Stream, timestampOffset: number): number {
  return stream.start_time === null ? 0 : roundToMs(stream.start_time - timestampOffset)
}

/** `30000/1001` as a number; null for `0/0`, `0/1` and what is not a fraction. */
function fraction(written: string | null): number | null {
  const [over, under] = (written ?? '').split('/').map(Number)
  const value = over !== undefined && under !== undefined ? over / under : Number.NaN
  return Number.isFinite(value) && value > 0 ? value : null
}
