import { describe, expect, test } from 'vitest'
import type { ShareBox } from '../face-detector.ts'
import type { SceneSight } from '../look/look-at-scenes.ts'
import type { FaceTrack } from './track-faces.ts'
import { whereFacesAre } from './where-faces-are.ts'

const size = { width: 1000, height: 500 }
const picture: SceneSight['picture'] = { flat: false, columns: [], rows: [], changing: 0, text: 0 }

/** A face whose place is known eight times a second. */
function track(from: number, to: number, boxAt: (time: number) => ShareBox): FaceTrack {
  const count = Math.round((to - from) * 8)
  const points = Array.from({ length: count }, (_, i) => {
    const time = from + i / 8
    return { time, box: boxAt(time), mouth: null, turned: null }
  })
  return { points, colours: [1], seen: 5, score: 0.9 }
}
const sight = (faces: FaceTrack[]): SceneSight => ({ scene: { start: 0, end: 10 }, faces, picture, border: null })
const still = { x: 0.4, y: 0.2, width: 0.1, height: 0.3 }

describe('where faces are', () => {
  test('one that sits still is one box for the whole scene, with a little air above and below', () => {
    const [box, ...more] = whereFacesAre(
      [sight([track(0, 10, (time) => ({ ...still, x: 0.4 + 0.005 * Math.sin(time) }))])],
      size,
    )
    expect(more).toEqual([])
    expect(box).toMatchObject({ start: 0, end: 10, y: 94, h: 174 })
    expect(box?.w).toBeGreaterThanOrEqual(109)
  })

  test('one that walks is a row of boxes, each of which holds it', () => {
    const at = (time: number) => ({ ...still, x: 0.05 * time })
    const boxes = whereFacesAre([sight([track(0, 10, at)])], size)
    expect(boxes.length).toBeGreaterThan(4)
    for (let time = 0; time < 9.9; time += 0.125) {
      const box = boxes.find(({ start, end }) => time >= start && time < end)
      expect(box?.x, `at ${time}`).toBeLessThanOrEqual(at(time).x * 1000 + 1)
      expect((box?.x ?? 0) + (box?.w ?? 0), `at ${time}`).toBeGreaterThanOrEqual(at(time).x * 1000 + 99)
    }
  })

  test('one that is lost for a moment is still there, one that left is not', () => {
    const lost = {
      ...track(0, 10, () => still),
      points: [...track(0, 3, () => still).points, ...track(4.5, 10, () => still).points],
    }
    expect(whereFacesAre([sight([lost])], size)).toMatchObject([{ start: 0, end: 10 }])
    const left = { ...lost, points: [...track(0, 3, () => still).points, ...track(7, 10, () => still).points] }
    expect(whereFacesAre([sight([left])], size)).toMatchObject([
      { start: 0, end: 3 },
      { start: 7, end: 10 },
    ])
  })

  test('who only passes by counts too, small faces in the background do not', () => {
    const passing = track(8, 9.5, () => ({ ...still, x: 0.7 }))
    const tiny = track(0, 10, () => ({ x: 0.1, y: 0.1, width: 0.02, height: 0.05 }))
    const boxes = whereFacesAre([sight([track(0, 10, () => still), passing, tiny])], size)
    expect(boxes.map(({ x }) => x).toSorted((a, b) => a - b)).toEqual([400, 700])
  })
})
