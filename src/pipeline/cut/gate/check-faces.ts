import { AppError } from '../../../domain/app-error.ts'
import type { SceneFraming } from '../../../domain/clip.ts'
import { sourceTimeOf, type Timeline } from '../graph/plan-timeline.ts'
import type { GrayPicture } from './gray-picture.ts'
import type { Keyframe } from './inspect-clip.ts'
import { type QualityCheck, skipped, verdict } from './quality-report.ts'

/** Finds faces in a gray picture: boxes in shares of it. What this stage needs of a face detector. */
export type FindFaces = (picture: GrayPicture) => Promise<{ x: number; y: number; width: number; height: number }[]>

interface FaceCheckRequest {
  timeline: Timeline
  /** Of the finished clip: decoded already. */
  keyframes: readonly Keyframe[]
  /** Null where faces can't be looked for. */
  findFaces: FindFaces | null
}

/** Pictures looked at, at most: each costs half a second, and the first one usually settles it. */
const mostLooks = 4
/** Share of the width: a face this near to the border of a clip is cut off by it. */
const border = 0.004

/**
 * Whether the face that the framing is about is to be seen in the clip, whole. People turn away and blink, so one picture with a face in it is
 * enough; none in several is a camera on the wrong place.
 */
export async function checkFaces({ timeline, keyframes, findFaces }: FaceCheckRequest): Promise<QualityCheck> {
  const expected = keyframes.filter(({ time }) => (sourceTimeOf(timeline, time)?.scene.faces ?? 0) > 0)
  if (expected.length === 0) return skipped('faces', 'The framing is not about a face.')
  if (!findFaces) return skipped('faces', 'Faces are not looked for here.')
  const looks = spread(expected, mostLooks)
  try {
    for (const { picture } of looks) {
      const faces = await findFaces(picture)
      if (faces.some(({ x, width }) => x > border && x + width < 1 - border)) {
        return verdict('faces', true, 'A face is whole in the picture.')
      }
    }
  } catch (error) {
    if (error instanceof AppError) return skipped('faces', error.message)
    throw error
  }
  // A single picture may be of a blink or a turned head.
  if (looks.length < 2) return skipped('faces', 'No face in the only picture that was looked at.')
  return verdict(
    'faces',
    false,
    `No whole face in ${looks.length} pictures of the clip, although the camera follows one.`,
  )
}

/** The same clip with all of the picture wherever its framing was about a face. */
export function withoutFaceCrops(timeline: Timeline): Timeline {
  const whole = (scene: SceneFraming): SceneFraming =>
    (scene.faces ?? 0) > 0
      ? { start: scene.start, end: scene.end, kind: 'blurred-fit', crop: null, reason: scene.reason }
      : scene
  return {
    ...timeline,
    stretches: timeline.stretches.map((stretch) => ({
      ...stretch,
      pieces: stretch.pieces.map((piece) => ({ ...piece, scene: whole(piece.scene) })),
    })),
  }
}

function spread<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all]
  return Array.from({ length: most }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / most)]).filter(
    (item) => item !== undefined,
  )
}
