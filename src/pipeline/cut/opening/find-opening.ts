import type { ClipEdit, CropBox } from '../../../domain/clip.ts'
import { cropAt } from '../../../domain/crop-at.ts'
import type { MediaInfo, VideoStream } from '../../../domain/media-info.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import type { Segment } from '../../../domain/transcript.ts'
import type { Media } from '../../../media/create-media.ts'
import { dropPicture, seekInput } from '../../../media/seek-input.ts'
import type { FaceBox } from '../captions/place-phrases.ts'
import { brightnessOf, type GrayPicture, sharpnessOf, splitGrayPictures } from '../gate/gray-picture.ts'
import { perSecond } from '../graph/choose-frame-rate.ts'
import type { Timeline } from '../graph/plan-timeline.ts'
import { allowedOffsets } from './allowed-offsets.ts'
import { chooseOpening, type Opening, type OpeningFrame } from './choose-opening.ts'

interface OpeningRequest {
  media: Media
  source: { path: string; info: MediaInfo }
  edit: ClipEdit
  timeline: Timeline
  segments: readonly Segment[]
  /** Seconds and pixels of the recording. */
  faces: readonly FaceBox[]
}

/** Raise it when the same clip could begin with another picture. */
const version = '1'

/** What decides where a clip begins, besides its recording and framing: for memo keys. Nothing where a person set it. */
export function openingInputs({
  edit,
  segments,
  faces,
}: Pick<OpeningRequest, 'edit' | 'segments' | 'faces'>): unknown[] {
  const start = edit.ranges[0]?.start ?? 0
  if (edit.by === 'hand') return []
  const before = spokenIn(segments, edit)
    .filter((word) => word.end <= start + 1e-3)
    .at(-1)
  return ['opening', version, before && start - before.end < 1 ? before.end : null, facesAt(faces, start)]
}

/** Pixels of the long side at which pictures are judged: eyes of a face of a tenth have 40. */
const longSide = 960
/** Mean steps of gray from one frame to the next that are a cut: beyond it another scene begins. */
const cut = 12

/**
 * Where a clip begins best: a few frames later or earlier when its first picture is blurred or somebody blinks in it, and a better one is within 0.3 s. What a
 * person set stays. Reads only those few frames.
 */
export async function findOpening(request: OpeningRequest): Promise<Opening> {
  const { edit, timeline, segments, source } = request
  const stay: Opening = { frames: 0, reason: null }
  const stretch = timeline.stretches[0]
  const { video } = source.info
  if (!video || !stretch || edit.by === 'hand' || stretch.pieces[0]?.scene.kind === 'card') return stay
  const rate = perSecond(timeline.frameRate)
  const words = spokenIn(segments, edit)
  const { start, frameCount } = stretch
  const allowed = allowedOffsets({ start, end: start + frameCount / rate, words, rate })
  if (allowed.earliest === 0 && allowed.latest === 0) return stay
  const pictures = await readFrames(request, { ...allowed, video, start })
  const window = windowOf(request, start, video)
  const faces = facesAt(request.faces, start).filter((face) => isIn(face, window))
  const frames = withinScene(pictures, -allowed.earliest).map(({ offset, picture }) =>
    judge(picture, { offset, window, faces, video }),
  )
  return chooseOpening(frames)
}

/** The same edit beginning some frames later. */
export function openedAt(edit: ClipEdit, { frames }: Opening, rate: number): ClipEdit {
  const [first, ...others] = edit.ranges
  return first ? { ...edit, ranges: [{ start: first.start + frames / rate, end: first.end }, ...others] } : edit
}

interface Reading {
  earliest: number
  latest: number
  start: number
  video: VideoStream
}

async function readFrames({ media, source, timeline }: OpeningRequest, { earliest, latest, start, video }: Reading) {
  const { numerator, denominator } = timeline.frameRate
  const count = latest - earliest + 1
  const seconds = (count * denominator) / numerator
  const size = smallSize(video)
  const from = Math.max(0, start + (earliest * denominator) / numerator)
  const { args, skip } = seekInput({
    path: source.path,
    container: source.info.container,
    start: from,
    seconds: seconds + 0.5,
    options: ['-an', '-sn'],
  })
  const filters = [
    ...dropPicture(skip),
    `fps=fps=${numerator}/${denominator}:start_time=0`,
    `trim=end_frame=${count}`,
    `scale=${size.width}:${size.height}:flags=area,setsar=1,format=gray`,
  ].join(',')
  const bytes = await media.ffmpegBytes({
    args: [
      ...args,
      ...['-filter_complex', `[0:${video.streamIndex}]${filters}[small]`, '-map', '[small]'],
      ...['-frames:v', String(count), '-f', 'rawvideo', 'pipe:1'],
    ],
    mostBytes: count * size.width * size.height,
    timeoutSeconds: 120 + skip,
  })
  return splitGrayPictures(bytes, size)
}

/** Only what follows on from the first picture without a cut. */
function withinScene(pictures: readonly GrayPicture[], first: number): { offset: number; picture: GrayPicture }[] {
  let [from, to] = [first, first]
  const isOne = (a: number, b: number) => differenceOf(pictures[a], pictures[b]) < cut
  while (from > 0 && isOne(from - 1, from)) from--
  while (to < pictures.length - 1 && isOne(to, to + 1)) to++
  return pictures.slice(from, to + 1).map((picture, i) => ({ offset: from + i - first, picture }))
}

function differenceOf(a: GrayPicture | undefined, b: GrayPicture | undefined): number {
  if (!a || !b) return Number.POSITIVE_INFINITY
  let sum = 0
  for (let i = 0; i < a.pixels.length; i++) sum += Math.abs((a.pixels[i] ?? 0) - (b.pixels[i] ?? 0))
  return sum / Math.max(1, a.pixels.length)
}

interface Judging {
  offset: number
  window: CropBox
  faces: readonly FaceBox[]
  video: VideoStream
}

function judge(picture: GrayPicture, { offset, window, faces, video }: Judging): OpeningFrame {
  const factor = picture.width / video.width
  const shown = partOf(picture, { x: window.x, y: window.y, w: window.width, h: window.height }, factor)
  return { offset, sharpness: evenOf(shown), eyes: faces.map((face) => eyesOf(picture, face, factor)) }
}

/** A fade from black grows lighter, not sharper: seen against how light it is. */
function evenOf(picture: GrayPicture): number {
  return sharpnessOf(picture) / Math.max(1, brightnessOf(picture)) ** 2
}

/** Between the brows and the tip of the nose, in shares of a face's box. */
const eyeBand = { x: 0.1, y: 0.2, w: 0.8, h: 0.32 }

/** How much changes from left to right where the eyes are: iris and white are strong edges, a lid is none. */
function eyesOf(picture: GrayPicture, face: FaceBox, factor: number): number {
  const band = partOf(
    picture,
    { x: face.x + eyeBand.x * face.w, y: face.y + eyeBand.y * face.h, w: eyeBand.w * face.w, h: eyeBand.h * face.h },
    factor,
  )
  let [sum, count] = [0, 0]
  for (let y = 0; y < band.height; y++) {
    for (let at = y * band.width + 1; at < (y + 1) * band.width - 1; at++) {
      sum += Math.abs((band.pixels[at + 1] ?? 0) - (band.pixels[at - 1] ?? 0))
      count++
    }
  }
  return count === 0 ? 0 : sum / count
}

/** A part of a picture; the box in pixels of the recording. */
function partOf(
  picture: GrayPicture,
  box: { x: number; y: number; w: number; h: number },
  factor: number,
): GrayPicture {
  const left = clamp(Math.round(box.x * factor), picture.width - 1)
  const top = clamp(Math.round(box.y * factor), picture.height - 1)
  const width = Math.max(1, Math.min(picture.width - left, Math.round(box.w * factor)))
  const height = Math.max(1, Math.min(picture.height - top, Math.round(box.h * factor)))
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const at = (top + y) * picture.width + left
    pixels.set(picture.pixels.subarray(at, at + width), y * width)
  }
  return { width, height, pixels }
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value))
}

function windowOf({ timeline }: OpeningRequest, start: number, { width, height }: VideoStream): CropBox {
  const scene = timeline.stretches[0]?.pieces[0]?.scene
  return (scene?.kind === 'crop' && cropAt(scene, start)) || { x: 0, y: 0, width, height }
}

function facesAt(faces: readonly FaceBox[], time: number): FaceBox[] {
  return faces.filter(({ start, end }) => start <= time + 0.2 && end > time)
}

function isIn(face: FaceBox, { x, y, width, height }: CropBox): boolean {
  const [middle, centre] = [face.x + face.w / 2, face.y + face.h / 2]
  return middle > x && middle < x + width && centre > y && centre < y + height
}

/** What is said, and what was taken out: neither is to be heard by beginning earlier. */
function spokenIn(segments: readonly Segment[], { removed = [] }: ClipEdit): TimeRange[] {
  return [...segments.flatMap((segment) => segment.words), ...removed].toSorted((a, b) => a.start - b.start)
}

function smallSize({ width, height }: VideoStream): { width: number; height: number } {
  const factor = Math.min(1, longSide / Math.max(width, height))
  const side = (length: number) => Math.max(2, Math.round((length * factor) / 2) * 2)
  return { width: side(width), height: side(height) }
}
