import type { CropBox, SceneFraming } from '../../../domain/clip.ts'
import type { ShareBox } from '../face-detector.ts'
import type { Margins } from '../look/black-bars.ts'
import { type PictureMeasures, partOf } from '../look/measure-picture.ts'
import type { FaceTrack } from '../people/track-faces.ts'
import type { Size } from './fit-box.ts'

/** The picture inside its black bars, in even pixels of the recording. */
export function areaInside({ top, bottom, left, right }: Margins, { width, height }: Size): CropBox {
  const [x, y] = [evenUp(left * width), evenUp(top * height)]
  return { x, y, width: even(width - x - right * width), height: even(height - y - bottom * height) }
}

/** A face as seen in an area alone: shares of the area instead of the picture. */
export function trackInside(track: FaceTrack, area: ShareBox): FaceTrack {
  const points = track.points.map((point) => ({
    ...point,
    box: {
      x: (point.box.x - area.x) / area.width,
      y: (point.box.y - area.y) / area.height,
      width: point.box.width / area.width,
      height: point.box.height / area.height,
    },
  }))
  return { ...track, points }
}

/** What there is to see in an area alone. */
export function measuresInside(picture: PictureMeasures, area: ShareBox): PictureMeasures {
  return {
    ...picture,
    columns: cutOut(picture.columns, area.x, area.width),
    rows: cutOut(picture.rows, area.y, area.height),
  }
}

function cutOut(profile: readonly number[], from: number, length: number): number[] {
  const count = profile.length
  const parts = profile.map((_, i) => partOf(profile, from + (i * length) / count, from + ((i + 1) * length) / count))
  const all = parts.reduce((sum, part) => sum + part, 0)
  return all > 0 ? parts.map((part) => part / all) : parts.map(() => 1 / count)
}

/** A scene that was framed in an area alone, in pixels of the whole picture. */
export function backFromArea(scene: SceneFraming, area: CropBox): SceneFraming {
  const moved = <T extends { x: number; y: number }>(box: T): T => ({ ...box, x: box.x + area.x, y: box.y + area.y })
  return {
    ...scene,
    crop: scene.kind === 'blurred-fit' ? area : scene.crop && moved(scene.crop),
    ...(scene.moves && { moves: scene.moves.map(moved) }),
    ...(scene.panels && { panels: scene.panels.map(moved) }),
    reason: `${scene.reason} The recording's black bars are left out.`,
  }
}

function even(value: number): number {
  return 2 * Math.floor(value / 2 + 1e-6)
}

function evenUp(value: number): number {
  return Math.max(0, 2 * Math.ceil(value / 2 - 1e-6))
}
