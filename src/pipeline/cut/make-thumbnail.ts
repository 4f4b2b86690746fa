import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Media } from '../../media/create-media.ts'
import { mediaInput } from '../../media/media-input.ts'
import { brightnessOf, sharpnessOf } from './gate/gray-picture.ts'
import type { Keyframe } from './gate/inspect-clip.ts'

interface ThumbnailRequest {
  media: Media
  /** Folder of the finished clip, where the picture is written. */
  folder: string
  clipName: string
  fileName: string
  size: { width: number; height: number }
  /** The clip's keyframes: already decoded, and the best encoded of its pictures. */
  keyframes: readonly Keyframe[]
  duration: number
  /** Where it begins in the file, seconds. */
  from?: number | undefined
  /** Where captions are, as shares of the height: their edges say nothing about sharpness. */
  captionRows: { from: number; to: number } | null
}

/** A clip's best moments may be its end; a thumbnail must not give it away. */
const shareOfClip = 0.6
/** Mean light, 0 to 255, below which a picture looks dark in a list of thumbnails. */
const darkBelow = 50
/** Pixels of the short side: twice what any list shows. */
const shortSide = 720
const mostBytes = 200_000
/** JPEG quality as ffmpeg counts it, best first; the last one fits any picture into the limit. */
const qualities = [3, 6, 12, 22, 31]

/** Writes the sharpest bright keyframe of the first 60 % as a JPEG of at most 200 kB. */
export async function makeThumbnail(request: ThumbnailRequest): Promise<void> {
  const { media, folder, clipName, fileName, size } = request
  const time = chooseThumbnailTime(request)
  const factor = Math.min(1, shortSide / Math.min(size.width, size.height))
  const [width, height] = [size.width, size.height].map((side) => Math.round((side * factor) / 2) * 2)
  for (const quality of qualities) {
    await media.ffmpeg({
      args: [
        // A little early: rounding must not skip the keyframe.
        mediaInput(join(folder, clipName), ['-ss', Math.max(0, time - 0.005).toFixed(4)]),
        // JPEG is full range; the encoder wants to be told.
        ['-map', '0:v', '-frames:v', '1'],
        ['-vf', `scale=${width}:${height}:flags=lanczos:out_range=full,format=yuvj420p`, '-q:v', String(quality)],
        ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-f', 'image2', '-update', '1', '-y', fileName],
      ].flat(),
      cwd: folder,
    })
    if ((await stat(join(folder, fileName))).size <= mostBytes) return
  }
}

/** Seconds of the clip. */
export function chooseThumbnailTime({
  keyframes,
  duration,
  from = 0,
  captionRows,
}: Pick<ThumbnailRequest, 'keyframes' | 'duration' | 'from' | 'captionRows'>): number {
  const candidates = keyframes.filter(({ time }) => time >= from - 0.001 && time <= from + shareOfClip * duration)
  // Above the captions; under them there is rarely more than hands.
  const rows = captionRows && captionRows.from > 0.3 ? { from: 0, to: captionRows.from } : { from: 0, to: 1 }
  const scored = candidates.map(({ time, picture }) => {
    const light = Math.min(1, brightnessOf(picture) / darkBelow)
    return { time, score: sharpnessOf(picture, rows) * light ** 2 }
  })
  return scored.toSorted((a, b) => b.score - a.score)[0]?.time ?? from
}
