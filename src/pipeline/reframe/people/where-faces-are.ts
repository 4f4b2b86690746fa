import { roundToMs, type TimeRange } from '../../../domain/time-range.ts'
import type { Size } from '../camera/fit-box.ts'
import type { ShareBox } from '../face-detector.ts'
import type { SceneSight } from '../look/look-at-scenes.ts'
import { sampleRate } from '../look/sample-pictures.ts'
import type { FaceSight } from '../reframe.job.ts'
import { around } from '../share-box.ts'
import { believedFaces } from './identify-people.ts'
import type { FacePoint, FaceTrack } from './track-faces.ts'

/** A face that was lost for no longer than this is still there: a hand before it, a turned head. Seconds. */
const longestGap = 2
/** A box may cover this many times the face's own area before a new one begins: one that nods stays in one box. */
const mostGrown = 1.6
/** Detectors end at the chin: beards hang below it, and captions that touch it look like a mistake. Shares of the face's height. */
const air = { above: 0.04, below: 0.12 }

/**
 * Where faces are in the recording's picture while the span is seen, for whatever must not cover them: seconds of the recording,
 * pixels of its displayed picture. A face that sits still is one box for the whole scene; one that moves is a row of them.
 */
export function whereFacesAre(sights: readonly SceneSight[], size: Size): FaceSight[] {
  return sights.flatMap((sight) =>
    believedFaces(sight).flatMap((track) => boxesOf(track, sight.scene).map((box) => inPixels(box, size))),
  )
}

interface TimedBox {
  start: number
  end: number
  box: ShareBox
}

function boxesOf({ points }: FaceTrack, scene: TimeRange): TimedBox[] {
  const boxes: TimedBox[] = []
  for (const [i, point] of points.entries()) {
    const end = Math.min(scene.end, endOf(point, points[i + 1]))
    const last = boxes.at(-1)
    const both = last && last.end >= point.time - 1e-3 ? around([last.box, point.box]) : null
    if (last && both && areaOf(both) <= mostGrown * areaOf(point.box)) {
      boxes[boxes.length - 1] = { start: last.start, end, box: both }
    } else boxes.push({ start: point.time, end, box: point.box })
  }
  const [first] = boxes
  // The first sample of a scene comes after its border.
  if (first && first.start - scene.start < 1.5 / sampleRate) first.start = scene.start
  return boxes
}

/** A point holds until the next one, when that is near. */
function endOf({ time }: FacePoint, next: FacePoint | undefined): number {
  return next && next.time - time <= longestGap ? next.time : time + 1 / sampleRate
}

function inPixels({ start, end, box }: TimedBox, { width, height }: Size): FaceSight {
  const top = Math.max(0, box.y - air.above * box.height)
  const bottom = Math.min(1, box.y + (1 + air.below) * box.height)
  return {
    start: roundToMs(start),
    end: roundToMs(end),
    x: Math.round(box.x * width),
    y: Math.round(top * height),
    w: Math.max(1, Math.round(box.width * width)),
    h: Math.max(1, Math.round((bottom - top) * height)),
  }
}

function areaOf({ width, height }: ShareBox): number {
  return width * height
}
