import type { CropBox, SceneFraming } from '../../../domain/clip.ts'
import { cropAt } from '../../../domain/crop-at.ts'

/**
 * ffmpeg's `crop` for a box that glides (see `cropAt`, the same curve): one filter with an expression of the time, so that the
 * picture is decoded and encoded once and the same framing gives the same bytes. Colours at full size first: at half size a box
 * could only move in steps of two pixels, which a slow glide shows as a shiver.
 *
 * @param startsAt what is time 0 for the filter, in seconds of the recording
 */
export function movingCrop(scene: SceneFraming & { crop: CropBox }, startsAt: number): string {
  const { width, height } = scene.crop
  return `format=yuv444p,crop=w=${width}:h=${height}:x='${expressionOf(scene, 'x', startsAt)}':y='${expressionOf(scene, 'y', startsAt)}':exact=1`
}

/** The scene as it is at one time of the recording, standing still. */
export function standingStill(scene: SceneFraming, time: number): SceneFraming {
  const { moves: _moves, ...still } = scene
  const box = cropAt(scene, time)
  return { ...still, crop: box && { ...box, x: Math.round(box.x), y: Math.round(box.y) } }
}

/**
 * A sum of one term a move. Sums may be long; nesting (a condition for each move) would stop at 100, ffmpeg's limit. `st` keeps
 * how far the glide is, `ld` reads it again: terms are worked out from left to right.
 */
function expressionOf({ crop, moves = [] }: SceneFraming & { crop: CropBox }, axis: 'x' | 'y', startsAt: number) {
  const terms = moves.flatMap((move, i) => {
    const distance = move[axis] - (moves[i - 1] ?? crop)[axis]
    if (distance === 0) return []
    const begins = (move.time - move.seconds / 2 - startsAt).toFixed(3)
    const share = `clip((t-(${begins}))/${move.seconds.toFixed(3)},0,1)`
    return `${distance < 0 ? '' : '+'}${distance}*st(0,${share})^3*(10+ld(0)*(6*ld(0)-15))`
  })
  return `${crop[axis]}${terms.join('')}`
}
