import { type Face, mostFaces, type ShareBox } from '../../pipeline/reframe/face-detector.ts'
import { insidePicture } from '../../pipeline/reframe/share-box.ts'
import { keepBest } from './keep-best.ts'

/** The twelve outputs of YuNet by name, each a flat list: `cls_8`, `obj_8`, `bbox_8`, `kps_8`, and the same for 16 and 32. */
export type YunetOutputs = Readonly<Record<string, ArrayLike<number>>>

/** Pixels of the network's picture between two places that are judged. */
export const strides = [8, 16, 32] as const
/** As OpenCV's own detector has it (FaceDetectorYN): less is noise. */
const leastScore = 0.6
/** Overlap from which two boxes are one face. */
const mostOverlap = 0.3

interface DecodeRequest {
  outputs: YunetOutputs
  /** Sides of the square the network looked at, pixels. */
  input: { width: number; height: number }
  /** The part of it that the picture fills, from its top left. */
  picture: { width: number; height: number }
}

/**
 * YuNet's answer as faces. Each place of each grid says how sure it is that a face is there (class and objectness, their
 * geometric mean) and how the box lies around it, in strides: middle by offset, sides by exponent; five points follow (eyes,
 * nose, mouth corners). See Wu, Peng and Yu, "YuNet: A Tiny Millisecond-level Face Detector", 2023.
 */
export function decodeYunet({ outputs, input, picture }: DecodeRequest): Face[] {
  const faces = strides.flatMap((stride) => decodeGrid({ outputs, input, picture }, stride))
  return keepBest(faces, mostOverlap).slice(0, mostFaces)
}

function decodeGrid({ outputs, input, picture }: DecodeRequest, stride: number): Face[] {
  const [classes, objects] = [outputs[`cls_${stride}`], outputs[`obj_${stride}`]]
  const [boxes, points] = [outputs[`bbox_${stride}`], outputs[`kps_${stride}`]]
  if (!classes || !objects || !boxes || !points) throw new Error(`the model has no outputs for stride ${stride}`)
  const columns = Math.floor(input.width / stride)
  const faces: Face[] = []
  for (let i = 0; i < classes.length; i++) {
    const score = Math.sqrt(share(classes[i]) * share(objects[i]))
    if (!(score >= leastScore)) continue
    const [column, row] = [i % columns, Math.floor(i / columns)]
    const width = Math.exp(boxes[4 * i + 2] ?? Number.NaN) * stride
    const height = Math.exp(boxes[4 * i + 3] ?? Number.NaN) * stride
    const x = (column + (boxes[4 * i] ?? Number.NaN)) * stride - width / 2
    const y = (row + (boxes[4 * i + 1] ?? Number.NaN)) * stride - height / 2
    const box = inShares({ x, y, width, height }, picture)
    if (!box) continue
    const at = (point: number) => (column + (points[10 * i + 2 * point] ?? Number.NaN)) * stride
    faces.push({ box, score, turned: turnedBy({ right: at(0), left: at(1), nose: at(2) }) })
  }
  return faces
}

/** Null when it is no box or lies outside. */
function inShares({ x, y, width, height }: ShareBox, picture: { width: number; height: number }): ShareBox | null {
  if (![x, y, width, height].every(Number.isFinite)) return null
  return insidePicture({
    x: x / picture.width,
    y: y / picture.height,
    width: width / picture.width,
    height: height / picture.height,
  })
}

/** From a frontal face, whose nose is midway between the eyes, to a profile, whose nose is beside them. */
function turnedBy({ right, left, nose }: { right: number; left: number; nose: number }): number | null {
  const distance = Math.abs(left - right)
  if (!Number.isFinite(nose) || !(distance > 1)) return null
  return Math.max(-1, Math.min(1, (nose - (left + right) / 2) / (0.6 * distance)))
}

function share(value: number | undefined): number {
  return value === undefined || !(value > 0) ? 0 : Math.min(1, value)
}
