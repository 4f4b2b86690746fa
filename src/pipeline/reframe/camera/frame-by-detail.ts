import type { CropBox, SceneFraming } from '../../../domain/clip.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import { bestWindow, type PictureMeasures } from '../look/measure-picture.ts'
import type { Size } from './fit-box.ts'

/**
 * How far beyond chance a crop must hold what there is to see, 0 (as much as any other strip) to 1 (everything). Doubt shows
 * the whole picture: that loses nobody.
 */
const concentrationWanted = 0.4

/** Where to look in a scene without faces: at the strip with most to see, when most of it is there; else at all of it. */
export function frameByDetail({
  scene,
  picture,
  box,
  size,
}: {
  scene: TimeRange
  picture: PictureMeasures
  /** The largest box of the clip's shape. */
  box: CropBox
  size: Size
}): SceneFraming {
  const { start, end } = scene
  const whole = (reason: string): SceneFraming => ({ start, end, kind: 'blurred-fit', crop: null, reason })
  if (picture.flat) return whole('There is next to nothing to see in this scene.')
  const isNarrower = box.width < size.width - 1
  const share = isNarrower ? box.width / size.width : box.height / size.height
  const profile = isNarrower ? picture.columns : picture.rows
  const best = bestWindow(profile, share)
  const percent = `${Math.round(best.inside * 100)} %`
  const part = `${Math.round(share * 100)} %`
  if ((best.inside - share) / (1 - share) < concentrationWanted) {
    return whole(`No face was found, and only ${percent} of what there is to see is in any ${part} of the picture.`)
  }
  const offset = Math.round((best.start * (isNarrower ? size.width : size.height)) / 2) * 2
  const crop = isNarrower
    ? { ...box, x: Math.min(offset, size.width - box.width) }
    : { ...box, y: Math.min(offset, size.height - box.height) }
  return {
    start,
    end,
    kind: 'crop',
    crop: { ...crop, x: Math.floor(crop.x / 2) * 2, y: Math.floor(crop.y / 2) * 2 },
    reason: `No face was found; ${percent} of what there is to see is in this ${part} of the picture.`,
  }
}
