import type { CameraMove, CropBox } from '../../../domain/clip.ts'
import { cropAt } from '../../../domain/crop-at.ts'
import { roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import type { ShareBox } from '../face-detector.ts'
import type { FacePoint } from '../people/track-faces.ts'
import { around, centreOf } from '../share-box.ts'
import type { Size } from './fit-box.ts'

interface CameraRequest {
  /** The face to keep in the picture, in order of time. */
  points: readonly FacePoint[]
  range: TimeRange
  /** The largest box of the clip's shape; where it lies does not matter. */
  box: CropBox
  size: Size
}

/** Where the camera looks and goes; null when no calm camera keeps the face whole. */
export interface Camera {
  crop: CropBox
  moves: CameraMove[]
}

/** Seconds of a glide: long enough to look deliberate, short enough to stay with someone who gets up. */
const glideSeconds = 1.6
/** Of the box's width, how far somebody may get from the middle before the camera goes along; tried from calm to close. */
const patience = [0.16, 0.1, 0.05, 0.02]
/** Seconds between two steps of the camera's target; glides overlap, so it does not stop in between. */
const targetEvery = 0.4
/** A scene needs no more turns of the camera than this; more would make the filter's expression too long. */
const mostMoves = 120
/** Widths of the box a second, a second² and a second³: a calm camera stays below. Measured in `benchmarks/reframe-quality.ts`. */
export const calm = { speed: 0.9, acceleration: 2.4, jerk: 12 }
/** A face is whole when this much of its own width is left beside it. */
export const margin = 0.12
/** Of all samples, how many may show the face cut off: a hand before it, a slip of the detector. */
const mostCutOff = 0.02

/**
 * A steady crop when the face stays whole in one; else a camera that goes along: its target follows with patience, and every
 * step of the target becomes a soft glide around that time, so the camera neither lags nor starts late.
 */
export function planCamera(request: CameraRequest): Camera | null {
  const { points, box, size } = request
  if (points.length === 0) return null
  const widest = median(points.map((point) => point.box.width)) * size.width * (1 + 2 * margin)
  const highest = median(points.map((point) => point.box.height)) * size.height
  if (widest > box.width || highest > box.height) return null
  const steady = steadyCamera(request)
  const isEnough = cutOffShare(steady, request) <= mostCutOff
  if (isEnough && asideShare(steady, request) <= mostAside) return steady
  for (const share of patience) {
    const camera = movingCamera(request, share * box.width)
    if (camera && cutOffShare(camera, request) <= mostCutOff && isCalm(camera, request)) return camera
  }
  return isEnough ? steady : null
}

/** Widths of the box from its middle at which a face is no longer well placed. */
const aside = 0.27
/** Whoever is aside for longer than this share of the time has moved, and the camera goes along. */
const mostAside = 0.3

/** Share of the samples in which the face is far from where it could be, given the picture's borders. */
function asideShare({ crop }: Camera, { points, box, size }: CameraRequest): number {
  const far = points.filter((point) => {
    const best = place(box, size, wantedPlace(point, { box, size }))
    return Math.abs(best.x - crop.x) > aside * box.width || Math.abs(best.y - crop.y) > aside * box.height
  })
  return far.length / points.length
}

/** In the middle of where the face is between, not of where it is most of the time: a nod to the side stays inside. */
function steadyCamera({ points, box, size }: CameraRequest): Camera {
  const wanted = points.map((point) => wantedPlace(point, { box, size }))
  const usual = { x: median(wanted.map(({ x }) => x)), y: median(wanted.map(({ y }) => y)) }
  const all = around(points.map((point) => point.box))
  // Nearest to the usual place that still shows all of it, when all of it fits.
  const left = (all.x + all.width + margin * typicalWidth(points)) * size.width - box.width
  const right = (all.x - margin * typicalWidth(points)) * size.width
  const x = left <= right ? Math.min(right, Math.max(left, usual.x)) : usual.x
  return { crop: place(box, size, { x, y: usual.y }), moves: [] }
}

function movingCamera(request: CameraRequest, patient: number): Camera | null {
  const { points, range, box, size } = request
  const wanted = points.map((point, i) => ({
    time: point.time,
    ...wantedPlace(leading(points, i), { box, size }),
  }))
  const smooth = wanted.map(({ time }, i) => ({
    time,
    x: median(wanted.slice(Math.max(0, i - 2), i + 3).map(({ x }) => x)),
    y: median(wanted.slice(Math.max(0, i - 2), i + 3).map(({ y }) => y)),
  }))
  const first = smooth[0]
  if (!first) return null
  let target = place(box, size, first)
  const crop = target
  const moves: CameraMove[] = []
  let lastStep = range.start - targetEvery
  for (const { time, x, y } of smooth) {
    const there = place(box, size, { x, y })
    const far = Math.abs(there.x - target.x) > patient || Math.abs(there.y - target.y) > patient
    if (!far || time - lastStep < targetEvery - 1e-3) continue
    lastStep = time
    target = there
    moves.push({ time: roundToMs(time), seconds: glideSeconds, x: there.x, y: there.y })
  }
  return moves.length > mostMoves ? null : { crop, moves }
}

/** Where the face will be in a moment, so that somebody who walks has room in front of them. Seconds. */
const lead = 0.3

function leading(points: readonly FacePoint[], i: number): FacePoint {
  const point = points[i] as FacePoint
  const later = points.find(({ time }) => time >= point.time + lead)
  if (!later || later.time > point.time + 2 * lead) return point
  return { ...point, box: { ...point.box, x: point.box.x + 0.5 * (later.box.x - point.box.x) } }
}

/**
 * Where the box should begin for a face: the face in its middle from left to right, a little to the side it does not look to
 * (lead room), its eyes on the upper third where there is height to choose (headroom). Pixels, not yet held inside the picture.
 */
function wantedPlace(point: FacePoint, { box, size }: { box: CropBox; size: Size }): { x: number; y: number } {
  const { x, y } = centreOf(point.box)
  const aside = (point.turned ?? 0) * 0.1 * box.width
  // Eyes are a little above the middle of a face's box.
  const eyes = y - 0.1 * point.box.height
  return { x: x * size.width + aside - box.width / 2, y: eyes * size.height - box.height * 0.38 }
}

/** Held inside the picture, in even pixels. */
function place(box: CropBox, size: Size, { x, y }: { x: number; y: number }): CropBox {
  return {
    ...box,
    x: Math.min(even(size.width - box.width), Math.max(0, nearestEven(x))),
    y: Math.min(even(size.height - box.height), Math.max(0, nearestEven(y))),
  }
}

/** Share of the samples in which the face is not whole inside the box. */
export function cutOffShare(camera: Camera, { points, size }: Pick<CameraRequest, 'points' | 'size'>): number {
  if (points.length === 0) return 0
  const cut = points.filter((point) => {
    const box = cropAt(camera, point.time)
    return box !== null && !isWhole(point.box, { box, size })
  })
  return cut.length / points.length
}

/** Whether a face lies whole inside a box, but for what the picture itself cuts off. */
export function isWhole(face: ShareBox, { box, size }: { box: CropBox; size: Size }): boolean {
  const [left, right] = [Math.max(0, face.x) * size.width, Math.min(1, face.x + face.width) * size.width]
  const [top, bottom] = [Math.max(0, face.y) * size.height, Math.min(1, face.y + face.height) * size.height]
  // A pixel of rounding on each side.
  return left >= box.x - 2 && right <= box.x + box.width + 2 && top >= box.y - 2 && bottom <= box.y + box.height + 2
}

/** Speed, acceleration and jerk of a camera in widths of its box, at their greatest. */
export function motionOf(camera: Camera, range: TimeRange): { speed: number; acceleration: number; jerk: number } {
  const step = 1 / 60
  const count = Math.ceil((range.end - range.start) / step)
  const places = Array.from({ length: count + 1 }, (_, i) => {
    const box = cropAt(camera, range.start + i * step)
    return box ? { x: box.x / box.width, y: box.y / box.width } : { x: 0, y: 0 }
  })
  const change = (values: { x: number; y: number }[]) =>
    values.slice(1).map((value, i) => ({
      x: (value.x - (values[i]?.x ?? 0)) / step,
      y: (value.y - (values[i]?.y ?? 0)) / step,
    }))
  const greatest = (values: { x: number; y: number }[]) =>
    values.reduce((most, { x, y }) => Math.max(most, Math.hypot(x, y)), 0)
  const speeds = change(places)
  const accelerations = change(speeds)
  return { speed: greatest(speeds), acceleration: greatest(accelerations), jerk: greatest(change(accelerations)) }
}

function isCalm(camera: Camera, { range }: CameraRequest): boolean {
  const { speed, acceleration, jerk } = motionOf(camera, range)
  return speed <= calm.speed && acceleration <= calm.acceleration && jerk <= calm.jerk
}

function typicalWidth(points: readonly FacePoint[]): number {
  return median(points.map(({ box }) => box.width))
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function even(value: number): number {
  return Math.floor(value / 2) * 2
}

function nearestEven(value: number): number {
  return Math.round(value / 2) * 2
}
