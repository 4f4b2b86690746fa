import { type ClipEdit, type ClipStyle, type Framing, frameSizes, type SceneFraming } from '../../../domain/clip.ts'
import type { VideoStream } from '../../../domain/media-info.ts'

/** Goes into the keys of clips that may be copied. Raise it with every change of what copying gives. */
export const fastPathVersion = '1'

interface ClipToCut {
  video: VideoStream | null
  style: ClipStyle
  framing: Framing
  edit: ClipEdit
  draft?: boolean | undefined
}

/** Why a clip's picture is not copied; `reason` is a sentence, or null where nobody would expect it to be. */
export interface Obstacle {
  reason: string | null
}

/** Of two shapes that are the same: what rounding to even pixels makes of one, and no more. */
const sameShape = 0.005
/** Platforms want no less than 720 lines, and clips promise no more than 1080. */
const [least, most] = [720, 1080]

/** What speaks against copying a clip's picture, as far as it can be told without opening the recording; null when nothing does. */
export function fastPathObstacle({ video, style, framing, edit, draft }: ClipToCut): Obstacle | null {
  const isDrawnOver = style.captions !== 'none' || style.brand !== undefined
  if (!video || draft || isDrawnOver || edit.zoom !== undefined) return { reason: null }
  const target = frameSizes[style.aspect]
  const shape = (video.width / video.height) * (target.height / target.width)
  if (Math.abs(shape - 1) > sameShape || !framing.scenes.every((scene) => showsAll(scene, video)))
    return { reason: null }
  const reason = reasonOf(video, edit)
  return reason === null ? null : { reason: `Made anew: ${reason}.` }
}

function showsAll({ kind, crop, moves = [] }: SceneFraming, { width, height }: VideoStream): boolean {
  if (kind === 'blurred-fit' && crop === null) return true
  return kind === 'crop' && crop !== null && moves.length === 0 && crop.width >= width - 1 && crop.height >= height - 1
}

function reasonOf(video: VideoStream, edit: ClipEdit): string | null {
  const short = Math.min(video.width, video.height)
  if (video.codec !== 'h264') return `the recording is ${video.codec}, and only H.264 is copied`
  if (edit.ranges.length !== 1) return 'the clip is put together from several pieces'
  if (short > most) return `the picture of the recording is larger than ${most} pixels`
  if (short < least) return `the picture of the recording is smaller than ${least} pixels`
  if (video.rotation !== 0) return 'the recording is stored turned'
  if (video.interlaced) return 'the recording is interlaced'
  if (video.variableFrameRate) return 'the frame rate of the recording changes'
  return video.hdr ? 'the recording is HDR' : null
}
