import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaInfo } from '../../../domain/media-info.ts'
import type { Media } from '../../../media/create-media.ts'
import { mediaInput } from '../../../media/media-input.ts'
import type { FrameRate } from '../graph/choose-frame-rate.ts'
import { meter } from '../sound/measure-span-loudness.ts'
import { createLoudnessReader, type Loudness } from '../sound/parse-loudness.ts'
import { type GrayPicture, splitGrayPictures } from './gray-picture.ts'
import { parsePackets, type StreamPackets } from './parse-packets.ts'

/** A keyframe of a clip, at a quarter of its size. */
export interface Keyframe {
  /** Seconds of the clip. */
  time: number
  picture: GrayPicture
}

/** What a finished clip really is. */
export interface ClipInspection {
  info: MediaInfo
  picture: StreamPackets
  sound: StreamPackets
  /** At least one every two seconds. */
  keyframes: Keyframe[]
  loudness: Loudness
}

interface InspectRequest {
  media: Media
  /** Folder of the clip, where two small files are written. */
  folder: string
  fileName: string
  size: { width: number; height: number }
  frameRate: FrameRate
  duration: number
}

const nothing: Omit<ClipInspection, 'info'> = {
  picture: { count: 0, end: 0, keyTimes: [] },
  sound: { count: 0, end: 0, keyTimes: [] },
  keyframes: [],
  loudness: { integrated: null, truePeak: null },
}

/** Small enough to be quick, large enough that letters and sharpness can be told. */
export function smallSize({ width, height }: { width: number; height: number }): { width: number; height: number } {
  return { width: Math.max(2, Math.round(width / 4)), height: Math.max(2, Math.round(height / 4)) }
}

/**
 * Looks at a finished clip in one pass: lists every packet, decodes all of its sound and the keyframes of its picture.
 * Decoding the rest as well would take ten times as long and find no more: the encoder that wrote it reported no error,
 * and a picture that is black or stands still for two seconds shows in its keyframes.
 */
export async function inspectClip(request: InspectRequest): Promise<ClipInspection> {
  const { media, folder, fileName, size, frameRate, duration } = request
  const info = await media.probe(join(folder, fileName))
  if (!info.video || info.audio.length === 0) return { ...nothing, info }
  const small = smallSize(size)
  const reader = createLoudnessReader()
  const rate = `${frameRate.numerator}/${frameRate.denominator}`
  // Keyframes are far apart; renumbered, none is repeated to fill the gaps.
  const pictures = `[0:v]scale=${small.width}:${small.height}:flags=area,format=gray,setpts=N/(${rate})/TB[small]`
  await media.ffmpegLines({
    args: [
      mediaInput(join(folder, fileName), ['-skip_frame', 'nokey']),
      ['-filter_complex', `${pictures};[0:a]${meter}[measured]`, '-y'],
      ['-map', '[small]', '-r', rate, '-f', 'rawvideo', 'keyframes.gray'],
      ['-map', '0:v', '-map', '0:a', '-c', 'copy', '-f', 'framecrc', 'packets.txt'],
      ['-map', '[measured]', '-f', 'null', '-'],
    ].flat(),
    cwd: folder,
    duration,
    onLine: reader.take,
  })
  const packets = await readFile(join(folder, 'packets.txt'), 'utf8')
  const picture = parsePackets(packets, 0)
  const pictureBytes = await readFile(join(folder, 'keyframes.gray'))
  const keyframes = splitGrayPictures(pictureBytes, small).flatMap((gray, i) => {
    const time = picture.keyTimes[i]
    return time === undefined ? [] : [{ time, picture: gray }]
  })
  return { info, picture, sound: parsePackets(packets, 1), keyframes, loudness: reader.read() }
}
