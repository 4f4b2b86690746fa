import type { CropBox, SceneFraming } from '../../../domain/clip.ts'
import { cropAt } from '../../../domain/crop-at.ts'
import { splitPanels } from '../../../domain/split-panels.ts'
import { roundToMs } from '../../../domain/time-range.ts'
import { perSecond } from '../graph/choose-frame-rate.ts'
import type { Timeline } from '../graph/plan-timeline.ts'
import { frontOf } from '../graph/scene-filters.ts'
import type { FaceBox } from './place-phrases.ts'

interface Size {
  width: number
  height: number
}

interface FacesRequest {
  /** Seconds of the recording, pixels of its displayed picture. */
  faces: readonly FaceBox[]
  timeline: Timeline
  /** Displayed picture of the recording, and of the clip. */
  source: Size
  output: Size
}

/** A camera that moves is followed in steps of this many seconds: it covers at most a fifth of its width in that time. */
const step = 0.2
/** What is left of a face at a crop's border and smaller than this share of it is no face any more. */
const leastSeen = 0.2

/** The faces as they are to be seen in the clip: seconds of the clip, pixels of its picture, whatever is cut, cropped, split or moved. */
export function facesInClip({ faces, timeline, source, output }: FacesRequest): FaceBox[] {
  const rate = perSecond(timeline.frameRate)
  const found: FaceBox[] = []
  let offset = 0
  for (const { start: stretchStart, frameCount, pieces } of timeline.stretches) {
    for (const { firstFrame, endFrame, scene } of pieces) {
      const [from, to] = [stretchStart + firstFrame / rate, stretchStart + endFrame / rate]
      for (const face of faces) {
        const [start, end] = [Math.max(from, face.start), Math.min(to, face.end)]
        if (end - start < 1e-3) continue
        for (const part of partsOf({ start, end }, scene)) {
          const middle = (part.start + part.end) / 2
          const toClip = offset - stretchStart
          const times = { start: roundToMs(part.start + toClip), end: roundToMs(part.end + toClip) }
          for (const { from: box, to: place } of windowsOf(scene, { time: middle, source, output })) {
            const seen = seenThrough(face, box, place)
            if (seen) found.push({ ...times, ...seen })
          }
        }
      }
    }
    offset += frameCount / rate
  }
  return found
}

/** Short enough that a moving camera hardly moves; all of it where it stands still. */
function partsOf({ start, end }: { start: number; end: number }, { moves = [] }: SceneFraming) {
  const moving = moves.some(({ time, seconds }) => time - seconds / 2 < end && time + seconds / 2 > start)
  const count = moving ? Math.max(1, Math.ceil((end - start) / step)) : 1
  const length = (end - start) / count
  return Array.from({ length: count }, (_, i) => ({ start: start + i * length, end: start + (i + 1) * length }))
}

interface Window {
  /** Pixels of the recording. */
  from: CropBox
  /** Pixels of the clip. */
  to: CropBox
}

/** Which parts of the recording are shown where. */
function windowsOf(
  scene: SceneFraming,
  { time, source, output }: { time: number; source: Size; output: Size },
): Window[] {
  const whole = { x: 0, y: 0, ...output }
  if (scene.kind === 'card') return []
  const crop = scene.kind === 'crop' ? cropAt(scene, time) : null
  if (crop) return [{ from: crop, to: whole }]
  if (scene.kind === 'split' && scene.panels?.length === 2) {
    const places = splitPanels(output)
    return scene.panels.map((panel, i) => ({ from: panel, to: places[i] ?? whole }))
  }
  const shown = scene.crop ?? { x: 0, y: 0, ...source }
  return [{ from: shown, to: frontOf(shown, output) }]
}

function seenThrough(face: FaceBox, from: CropBox, to: CropBox): Omit<FaceBox, 'start' | 'end'> | null {
  const [left, right] = [Math.max(face.x, from.x), Math.min(face.x + face.w, from.x + from.width)]
  const [top, bottom] = [Math.max(face.y, from.y), Math.min(face.y + face.h, from.y + from.height)]
  if (right <= left || bottom <= top || (right - left) * (bottom - top) < leastSeen * face.w * face.h) return null
  const [across, down] = [to.width / from.width, to.height / from.height]
  return {
    x: Math.round(to.x + (left - from.x) * across),
    y: Math.round(to.y + (top - from.y) * down),
    w: Math.max(1, Math.round((right - left) * across)),
    h: Math.max(1, Math.round((bottom - top) * down)),
  }
}
