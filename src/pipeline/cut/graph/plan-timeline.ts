import type { ClipEdit, CropBox, Framing, SceneFraming } from '../../../domain/clip.ts'
import { lengthOf, roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import { type FrameRate, perSecond } from './choose-frame-rate.ts'

/** Some frames of a stretch that are framed the same way. */
interface TimelinePiece {
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
  const stretches = joinTouching(edit.ranges).map((range) => {
    const frameCount = Math.max(1, Math.round(lengthOf(range) * rate))
    return { start: range.start, frameCount, pieces: planPieces({ start: range.start, frameCount, rate, framing }) }
  })
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

interface PiecesRequest {
  start: number
  frameCount: number
  rate: number
  framing: Framing
}

function planPieces({ start, frameCount, rate, framing }: PiecesRequest): TimelinePiece[] {
  const pieces: TimelinePiece[] = []
  for (const [index, scene] of framing.scenes.entries()) {
    const isLast = index === framing.scenes.length - 1
    const firstFrame = pieces.at(-1)?.endFrame ?? 0
    const endFrame = isLast ? frameCount : Math.min(frameCount, Math.round((scene.end - start) * rate))
    if (endFrame <= firstFrame) continue
    const last = pieces.at(-1)
    if (last && looksTheSame(last.scene, scene)) last.endFrame = endFrame
    else pieces.push({ firstFrame, endFrame, scene })
  }
  return pieces
}

/** A camera that moves is its own piece: its times are those of its scene. */
function looksTheSame(a: SceneFraming, b: SceneFraming): boolean {
  if (a.moves?.length || b.moves?.length || a.kind !== b.kind) return false
  return sameBox(a.crop, b.crop) && (a.panels ?? []).every((panel, i) => sameBox(panel, b.panels?.[i] ?? null))
}

function sameBox(a: CropBox | null, b: CropBox | null): boolean {
  return a?.x === b?.x && a?.y === b?.y && a?.width === b?.width && a?.height === b?.height
}
