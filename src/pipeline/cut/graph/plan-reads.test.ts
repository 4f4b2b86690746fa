import { describe, expect, it, test } from 'vitest'
import type { Framing, SceneFraming } from '../../../domain/clip.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import { planReads } from './plan-reads.ts'
import { planTimeline, playedRanges } from './plan-timeline.ts'

const film = { numerator: 24_000, denominator: 1001 }
const box = { x: 200, y: 0, width: 202, height: 360 }
const crop = (start: number, end: number, more: Partial<SceneFraming> = {}): SceneFraming => {
  return { start, end, kind: 'crop', crop: box, reason: '', ...more }
}
const whole: SceneFraming[] = [crop(0, 1000)]

function plan(ranges: [number, number][], scenes = whole, zoom?: number) {
  const framing: Framing = { aspect: '9:16', scenes }
  const edit = { ranges: ranges.map(([start, end]): TimeRange => ({ start, end })), zoom }
  return planTimeline({ edit, framing, frameRate: film })
}

describe('reads', () => {
  it('are one for stretches close behind each other, and another for every jump', () => {
    const timeline = plan([
      [10, 11],
      [11.5, 13],
      [16.9, 18],
      [40, 41],
      [30, 31],
      [31.2, 32],
    ])
    expect(planReads(timeline).map(({ stretches }) => stretches.length)).toEqual([3, 1, 2])
  })

  it('reach from the first frame to the last, and know where each stretch begins', () => {
    const timeline = plan([
      [10, 11],
      [11.5, 13],
    ])
    const [read] = planReads(timeline)
    expect(read).toMatchObject({ start: 10, frameCount: 72 })
    expect(read?.stretches.map(({ firstFrame, stretch }) => [firstFrame, stretch.frameCount])).toEqual([
      [0, 24],
      [36, 36],
    ])
  })

  it('of a thousand stretches are one, and no stretch is off by more than half a frame', () => {
    const ranges = Array.from({ length: 1000 }, (_, i): [number, number] => [5 + i * 0.3137, 5 + i * 0.3137 + 0.2])
    const timeline = plan(ranges)
    expect(planReads(timeline)).toHaveLength(1)
    for (const [i, { start, end }] of playedRanges(timeline).entries()) {
      expect(Math.abs(start - (ranges[i]?.[0] ?? 0))).toBeLessThan(0.021)
      expect(Math.abs(end - (ranges[i]?.[1] ?? 0))).toBeLessThan(0.021)
    }
  })
})

test('stretches that meet on a frame are one', () => {
  expect(
    plan([
      [10, 11],
      [11.004, 12],
    ]).stretches,
  ).toHaveLength(1)
})

test('a stretch shows the scenes of its own time, whatever gaps the framing has', () => {
  const scenes = [crop(0, 20), crop(100, 120, { kind: 'blurred-fit', crop: null })]
  const { stretches } = plan(
    [
      [18, 20.01],
      [100, 101],
      [50, 51],
    ],
    scenes,
  )
  expect(stretches.map(({ pieces }) => pieces.map(({ scene }) => scene.kind))).toEqual([
    ['crop'],
    ['blurred-fit'],
    ['crop'],
  ])
})

describe('a zoom', () => {
  const widths = (timeline: ReturnType<typeof plan>) =>
    timeline.stretches.map(({ pieces }) => pieces.map(({ scene }) => scene.crop?.width))

  it('changes at every jump within a scene, and back', () => {
    expect(
      widths(
        plan(
          [
            [10, 11],
            [12, 13],
            [14, 15],
          ],
          whole,
          1.08,
        ),
      ),
    ).toEqual([[202], [186], [202]])
  })

  it('stays where another scene follows: there is no jump to hide', () => {
    const scenes = [crop(0, 11.5), crop(11.5, 1000, { crop: { ...box, x: 20 } })]
    expect(
      widths(
        plan(
          [
            [10, 11],
            [12, 13],
            [14, 15],
          ],
          scenes,
          1.08,
        ),
      ),
    ).toEqual([[202], [202], [186]])
  })

  it('keeps inside the box, moves with it, and leaves the whole picture alone', () => {
    const moving = [crop(0, 1000, { moves: [{ time: 12.5, seconds: 1, x: 300, y: 0 }] })]
    const [, larger] = plan(
      [
        [10, 11],
        [12, 13],
      ],
      moving,
      1.1,
    ).stretches
    const scene = larger?.pieces[0]?.scene
    expect(scene?.crop).toEqual({ x: 210, y: 12, width: 182, height: 326 })
    expect(scene?.moves).toEqual([{ time: 12.5, seconds: 1, x: 310, y: 12 }])
    const fit = [crop(0, 1000, { kind: 'blurred-fit', crop: null })]
    expect(
      plan(
        [
          [10, 11],
          [12, 13],
        ],
        fit,
        1.1,
      ).stretches[1]?.pieces[0]?.scene.crop,
    ).toBeNull()
  })
})
