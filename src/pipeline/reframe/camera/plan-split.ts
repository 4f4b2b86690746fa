import { type Aspect, type CropBox, frameSizes } from '../../../domain/clip.ts'
import { splitPanels } from '../../../domain/split-panels.ts'
import { type FaceTrack } from '../people/track-faces.ts'
import { around, centreOf } from '../share-box.ts'
import type { Size } from './fit-box.ts'
import { isWhole } from './plan-camera.ts'

interface SplitRequest {
  /** The two faces, in any order. */
  faces: readonly [FaceTrack, FaceTrack]
  aspect: Aspect
  size: Size
}

/** Height of a face in shares of its panel's height: a head and shoulders. */
const faceShare = 0.36
/** A panel is not enlarged by more than this: beyond, the picture is mush. */
const mostEnlarged = 2.2
/** Of all samples, how many may show a face cut off. */
const mostCutOff = 0.05

/** Two steady boxes, the left person's first; null when one of the faces does not stay whole in its box. */
export function planSplit({ faces, aspect, size }: SplitRequest): CropBox[] | null {
  const panels = splitPanels(frameSizes[aspect])
  const fromLeft = faces.toSorted((a, b) => middleOf(a).x - middleOf(b).x)
  const boxes = fromLeft.map((face, i) => panelBox({ face, size, panel: panels[i] ?? panels[0] }))
  const whole = boxes.every((box, i) => {
    const points = fromLeft[i]?.points ?? []
    const cut = points.filter((point) => !isWhole(point.box, { box, size }))
    return cut.length <= mostCutOff * points.length
  })
  return whole && boxes.every(({ width, height }) => width >= 2 && height >= 2) ? boxes : null
}

function panelBox({ face, size, panel }: { face: FaceTrack; size: Size; panel: CropBox }): CropBox {
  const all = around(face.points.map(({ box }) => box))
  const height = medianHeight(face) * size.height
  const ratio = panel.width / panel.height
  const most = Math.min(size.height, size.width / ratio)
  const wanted = Math.max(height / faceShare, panel.height / mostEnlarged, all.height * size.height * 1.3)
  const boxHeight = even(Math.min(most, Math.max(wanted, (all.width * size.width * 1.4) / ratio)))
  const boxWidth = Math.min(even(size.width), nearestEven(boxHeight * ratio))
  const { x, y } = middleOf(face)
  return {
    x: held(x * size.width - boxWidth / 2, size.width - boxWidth),
    // Eyes a little above the middle: room for the shoulders.
    y: held(y * size.height - boxHeight * 0.44, size.height - boxHeight),
    width: boxWidth,
    height: boxHeight,
  }
}

function middleOf({ points }: FaceTrack): { x: number; y: number } {
  return centreOf(around(points.map(({ box }) => box)))
}

function medianHeight({ points }: FaceTrack): number {
  const heights = points.map(({ box }) => box.height).toSorted((a, b) => a - b)
  return heights[Math.floor(heights.length / 2)] ?? 0
}

function held(value: number, most: number): number {
  return Math.max(0, Math.min(even(most), nearestEven(value)))
}

function even(value: number): number {
  return Math.floor(value / 2) * 2
}

function nearestEven(value: number): number {
  return Math.round(value / 2) * 2
}
