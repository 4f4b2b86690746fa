import { describe, expect, test } from 'vitest'
import type { ClipEdit, SceneFraming } from '../../../domain/clip.ts'
import { planTimeline } from '../graph/plan-timeline.ts'
import { facesInClip } from './faces-in-clip.ts'

const source = { width: 1280, height: 720 }
const output = { width: 1080, height: 1920 }
const crop = { x: 400, y: 0, width: 404, height: 720 }
const face = { start: 10, end: 20, x: 500, y: 100, w: 100, h: 150 }

function mapped(scenes: SceneFraming[], { ranges }: ClipEdit = { ranges: [{ start: 10, end: 20 }] }, faces = [face]) {
  const framing = { aspect: '9:16' as const, scenes }
  const timeline = planTimeline({ edit: { ranges }, framing, frameRate: { numerator: 25, denominator: 1 } })
  return facesInClip({ faces, timeline, source, output })
}
const scene = (more: Partial<SceneFraming>): SceneFraming => ({
  start: 10,
  end: 20,
  kind: 'crop',
  crop,
  reason: '',
  ...more,
})

describe('a face in the clip', () => {
  test('is enlarged as the crop is, and counted from the start of the clip', () => {
    expect(mapped([scene({})])).toEqual([{ start: 0, end: 10, x: 267, y: 267, w: 267, h: 400 }])
  })

  test('goes with what is cut out before it', () => {
    const ranges = [
      { start: 10, end: 12 },
      { start: 17, end: 20 },
    ]
    const late = { ...face, start: 18, end: 19 }
    expect(mapped([scene({})], { ranges }, [late])).toEqual([{ start: 3, end: 4, x: 267, y: 267, w: 267, h: 400 }])
    expect(mapped([scene({})], { ranges }, [{ ...face, start: 13, end: 16 }])).toEqual([])
  })

  test('is where it is played, when ranges come in another order', () => {
    const ranges = [
      { start: 17, end: 20 },
      { start: 10, end: 12 },
    ]
    const early = { ...face, start: 11, end: 12 }
    expect(mapped([scene({})], { ranges }, [early])).toMatchObject([{ start: 4, end: 5 }])
  })

  test('is left out when the crop shows another part, and kept as far as it is shown', () => {
    expect(mapped([scene({ crop: { ...crop, x: 800 } })])).toEqual([])
    expect(mapped([scene({ crop: { ...crop, x: 590 } })])).toEqual([])
    expect(mapped([scene({ crop: { ...crop, x: 550 } })])).toMatchObject([{ x: 0, w: 134 }])
  })

  test('moves against a camera that moves', () => {
    const moves = [{ time: 15, seconds: 2, x: 480, y: 0 }]
    const boxes = mapped([scene({ moves })])
    expect(boxes.length).toBeGreaterThan(5)
    expect(boxes.at(0)?.x).toBeGreaterThan(260)
    expect(boxes.at(-1)?.x).toBeLessThan(60)
    for (const [i, box] of boxes.slice(1).entries()) {
      expect(box.start).toBeCloseTo(boxes[i]?.end ?? -1, 3)
      expect(box.x).toBeLessThanOrEqual(boxes[i]?.x ?? 0)
    }
  })

  test('is in the panel that shows it', () => {
    const panels = [
      { x: 0, y: 0, width: 640, height: 568 },
      { x: 640, y: 0, width: 640, height: 568 },
    ]
    const right = { ...face, x: 900 }
    const [upper, lower] = mapped([scene({ kind: 'split', crop: null, panels })], undefined, [face, right])
    expect(upper).toMatchObject({ x: 844, y: 169, h: 254 })
    expect(lower).toMatchObject({ x: 439, y: 1129, h: 254 })
  })

  test('is in the whole picture over its blurred copy', () => {
    const [box] = mapped([scene({ kind: 'blurred-fit', crop: null })])
    // 1280 wide on 1080: 0.84 of the size; the picture is 608 high and begins at 550.
    expect(box).toEqual({ start: 0, end: 10, x: 422, y: 634, w: 84, h: 127 })
  })

  test('is nowhere on a card', () => {
    expect(mapped([scene({ kind: 'card', crop: null })])).toEqual([])
  })
})
