import type { ShareBox } from '../../src/pipeline/reframe/face-detector.ts'
import type { SceneSight } from '../../src/pipeline/reframe/look/look-at-scenes.ts'
import type { PictureMeasures } from '../../src/pipeline/reframe/look/measure-picture.ts'
import { sampleRate } from '../../src/pipeline/reframe/look/sample-pictures.ts'
import type { FaceTrack } from '../../src/pipeline/reframe/people/track-faces.ts'

interface TrackOptions {
  start: number
  end: number
  /** Middle of the face at a time, shares of the picture. */
  at: (time: number) => { x: number; y: number }
  /** Width of the face in shares of the picture's width; its height is twice that share, as in a 16:9 picture. */
  width?: number
  /** How much the mouth moves at a time. */
  mouth?: (time: number) => number
  /** Which of the 64 colours they wear. */
  clothes?: number
}

/** A face as it is followed: a point for each sample of the span. */
export function faceTrack({ start, end, at, width = 0.1, mouth = () => 0, clothes = 0 }: TrackOptions): FaceTrack {
  const count = Math.round((end - start) * sampleRate)
  const points = Array.from({ length: count }, (_, i) => {
    const time = start + i / sampleRate
    const middle = at(time)
    const box: ShareBox = { x: middle.x - width / 2, y: middle.y - width, width, height: 2 * width }
    return { time, box, mouth: mouth(time), turned: null }
  })
  const colours = Array.from({ length: 64 }, (_, i) => (i === clothes ? 1 : 0))
  return { points, colours, seen: Math.max(2, Math.round(end - start)), score: 0.9 }
}

export const lively: PictureMeasures = {
  flat: false,
  columns: Array.from({ length: 64 }, () => 1 / 64),
  rows: Array.from({ length: 36 }, () => 1 / 36),
  changing: 0.1,
  text: 0,
}

export function sightOf(
  start: number,
  end: number,
  faces: FaceTrack[],
  picture: Partial<PictureMeasures> = {},
): SceneSight {
  return { scene: { start, end }, faces, picture: { ...lively, ...picture }, border: null }
}
