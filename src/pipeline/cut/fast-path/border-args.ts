import type { MediaInfo } from '../../../domain/media-info.ts'
import { dropPicture, seekInput } from '../../../media/seek-input.ts'
import { type FrameRate, perSecond } from '../graph/choose-frame-rate.ts'
import type { Sequence } from './parameter-sets.ts'

interface BorderRequest {
  source: { path: string; info: MediaInfo }
  frameRate: FrameRate
  /** When the first of the frames is shown, seconds of the recording. */
  start: number
  frameCount: number
  /** Of the recording: the border is made to be its like. */
  sequence: Sequence
  /** Number of the border's own parameter sets. */
  id: number
  threads: number
  /** Name of the file to write, in ffmpeg's working folder: a bare H.264 stream. */
  fileName: string
}

const profiles: Readonly<Record<number, string>> = { 66: 'baseline', 77: 'main', 88: 'main' }

/**
 * Arguments for one ffmpeg run that makes some frames anew, as an encoder's stream whose parameter sets have a number of their own, so
 * that they can stand beside the recording's. No pictures out of order: what is shown first is decoded first, and nothing has to wait
 * at a seam. A few dozen frames may be large, so they are made nearly as good as they were.
 */
export function borderArgs(request: BorderRequest): string[] {
  const { source, frameRate, start, frameCount, sequence, id, threads, fileName } = request
  const { path, info } = source
  const rate = perSecond(frameRate)
  // Half a frame early, so that rounding can't skip the frame meant.
  const { args, skip } = seekInput({
    path,
    container: info.container,
    start: Math.max(0, start - 0.5 / rate),
    seconds: frameCount / rate + 0.5,
  })
  const pixels = sequence.fullRange ? 'yuvj420p' : 'yuv420p'
  const stamp = `settb=expr=${frameRate.denominator}/${frameRate.numerator},setpts=N`
  const chain = [...dropPicture(skip), `trim=end_frame=${frameCount}`, stamp, `format=${pixels}`].join(',')
  const { primaries, transfer, matrix } = sequence.colours ?? { primaries: 2, transfer: 2, matrix: 2 }
  return [
    args,
    ['-filter_complex', `[0:${info.video?.streamIndex ?? 0}]${chain}[picture]`, '-map', '[picture]'],
    ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '15', '-profile:v', profiles[sequence.profile] ?? 'high'],
    ['-pix_fmt', pixels, '-r', `${frameRate.numerator}/${frameRate.denominator}`, '-threads', String(threads)],
    ['-color_primaries', String(primaries), '-color_trc', String(transfer), '-colorspace', String(matrix)],
    ['-color_range', sequence.fullRange ? 'pc' : 'tv'],
    ['-x264-params', `sliced-threads=1:bframes=0:aud=1:scenecut=0:keyint=infinite:sps-id=${id}`],
    ['-flags:v', '+bitexact', '-f', 'h264', '-y', fileName],
  ].flat()
}
