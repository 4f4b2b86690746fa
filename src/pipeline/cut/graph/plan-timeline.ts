import type { ClipEdit, CropBox, Framing, SceneFraming } from '../../../domain/clip.ts'
import { lengthOf, roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import { type FrameRate, perSecond } from './choose-frame-rate.ts'
import { zoomScene } from './zoom-scene.ts'

/** Some frames of a stretch that are framed the same way. */
export interface TimelinePiece {
  /** First frame and the one after the last, counted from the stretch's start. */
  firstFrame: number
  endFrame: number
  scene: SceneFraming
}

/** One stretch of the recording in playing order, rounded to whole frames. */
export interface TimelineStretch {
  /** Seconds of the recording. */
  start: number
  frameCount: number
  pieces: TimelinePiece[]
}

/** A clip's edit in whole frames: picture and sound of each stretch are made exactly this long, so they can't drift apart. */
export interface Timeline {
  frameRate: FrameRate
  frameCount: number
  /** Seconds. */
  duration: number
  stretches: TimelineStretch[]
}

/** A stretch that begins so soon after the one before is read with it. Seconds. */
export const nearGap = 4
/**
 * A recording opened once for each of fifty stretches would be fifty decoders at once (measured at 1080p: some 30 MB each), and
 * decoding the few seconds between two stretches costs no more than finding the place again. Seconds.
 */
export const longestGap = nearGap + 1

/**
 * Lays an edit and its framing out in frames. Stretches that play on without a cut become one; scenes framed the same
 * way become one piece; where the framing does not reach, its nearest scene holds on.
 */
export function planTimeline({
  edit,
  framing,
  frameRate,
}: {
  edit: ClipEdit
  framing: Framing
  frameRate: FrameRate
}): Timeline {
  const rate = perSecond(frameRate)
  const placed = placeOnFrames(joinTouching(edit.ranges), rate)
  const stretches = placed.map((at) => ({ ...at, pieces: planPieces({ ...at, rate, framing }) }))
  if (edit.zoom !== undefined) zoomBetweenJumps(stretches, edit.zoom)
  const frameCount = stretches.reduce((sum, stretch) => sum + stretch.frameCount, 0)
  return { frameRate, frameCount, duration: frameCount / rate, stretches }
}

/** The stretches as they are really played, in seconds of the recording. */
export function playedRanges({ stretches, frameRate }: Timeline): TimeRange[] {
  const rate = perSecond(frameRate)
  return stretches.map(({ start, frameCount }) => ({ start, end: start + frameCount / rate }))
}

/** Where in the recording a time of the clip comes from; null outside the clip. Seconds. */
export function sourceTimeOf(
  { stretches, frameRate }: Timeline,
  clipTime: number,
): { time: number; scene: SceneFraming } | null {
  const rate = perSecond(frameRate)
  let frame = Math.floor(clipTime * rate + 1e-6)
  for (const { start, frameCount, pieces } of stretches) {
    const piece = pieces.find(({ firstFrame, endFrame }) => frame >= firstFrame && frame < endFrame)
    if (piece) return { time: roundToMs(start + frame / rate), scene: piece.scene }
    frame -= frameCount
  }
  return null
}

function joinTouching(ranges: readonly TimeRange[]): TimeRange[] {
  const joined: TimeRange[] = []
  for (const range of ranges) {
    const last = joined.at(-1)
    if (last && Math.abs(range.start - last.end) < 0.0015)
      joined[joined.length - 1] = { start: last.start, end: range.end }
    else if (lengthOf(range) > 0) joined.push(range)
  }
  return joined
}

/**
 * A stretch soon behind the one before begins on a frame of it, so that both can be read in one go (`planReads`); that moves its
 * picture and its sound together, by half a frame at most.
 */
function placeOnFrames(ranges: readonly TimeRange[], rate: number): Pick<TimelineStretch, 'start' | 'frameCount'>[] {
  const placed: { start: number; frameCount: number }[] = []
  let [origin, last] = [0, 0]
  for (const range of ranges) {
    const isNear = placed.length > 0 && range.start >= last && range.start - last <= nearGap
    if (!isNear) origin = range.start
    const before = placed.at(-1)
    const earliest = isNear && before ? Math.round((before.start - origin) * rate) + before.frameCount : 0
    const first = Math.max(earliest, Math.round((range.start - origin) * rate))
    const frameCount = Math.max(1, Math.round((range.end - origin) * rate) - first)
    if (isNear && before && first === earliest) before.frameCount += frameCount
    else placed.push({ start: origin + first / rate, frameCount })
    last = range.end
  }
  return placed
}

/** Where the same picture goes on after a jump it is shown larger, and after the next one as it was. */
function zoomBetweenJumps(stretches: TimelineStretch[], zoom: number): void {
  let larger = false
  let before: SceneFraming | undefined
  for (const stretch of stretches) {
    const first = stretch.pieces[0]?.scene
    // Where another scene follows there is no jump to hide.
    if (before && first && (before === first || looksTheSame(before, first))) larger = !larger
    before = stretch.pieces.at(-1)?.scene
    if (larger) stretch.pieces = stretch.pieces.map((piece) => ({ ...piece, scene: zoomScene(piece.scene, zoom) }))
  }
}

interface PiecesRequest {
  start: number
  frameCount: number
  rate: number
  framing: Framing
}

function planPieces({ start, frameCount, rate, framing }: PiecesRequest): TimelinePiece[] {
  const pieces: TimelinePiece[] = []
  const scenes = scenesDuring({ start, end: start + frameCount / rate }, framing.scenes, 0.5 / rate)
  for (const [index, scene] of scenes.entries()) {
    const isLast = index === scenes.length - 1
    const firstFrame = pieces.at(-1)?.endFrame ?? 0
    const endFrame = isLast ? frameCount : Math.min(frameCount, Math.round((scene.end - start) * rate))
    if (endFrame <= firstFrame) continue
    const last = pieces.at(-1)
    if (last && looksTheSame(last.scene, scene)) last.endFrame = endFrame
    else pieces.push({ firstFrame, endFrame, scene })
  }
  return pieces
}

/** The scenes that are seen during a stretch; where the framing does not reach, the one nearest to it. */
function scenesDuring(range: TimeRange, scenes: readonly SceneFraming[], halfFrame: number): readonly SceneFraming[] {
  const seen = scenes.filter((scene) => scene.end - range.start > halfFrame && range.end - scene.start > halfFrame)
  if (seen.length > 0) return seen
  const distance = (scene: SceneFraming) => Math.max(scene.start - range.end, range.start - scene.end)
  const nearest = scenes.toSorted((a, b) => distance(a) - distance(b))[0]
  return nearest ? [nearest] : []
}

/** A camera that moves is its own piece: its times are those of its scene. */
export function looksTheSame(a: SceneFraming, b: SceneFraming): boolean {
  if (a.moves?.length || b.moves?.length || a.kind !== b.kind) return false
  return sameBox(a.crop, b.crop) && (a.panels ?? []).every((panel, i) => sameBox(panel, b.panels?.[i] ?? null))
}

function sameBox(a: CropBox | null, b: CropBox | null): boolean {
  return a?.x === b?.x && a?.y === b?.y && a?.width === b?.width && a?.height === b?.height
}
