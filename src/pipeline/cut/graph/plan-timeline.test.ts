import { expect, test } from 'vitest'
import type { Framing, SceneFraming } from '../../../domain/clip.ts'
import { planTimeline, playedRanges, sourceTimeOf } from './plan-timeline.ts'

const thirty = { numerator: 30, denominator: 1 }
const film = { numerator: 24_000, denominator: 1001 }

function scene(start: number, end: number, x: number | null = null): SceneFraming {
  const crop = x === null ? null : { x, y: 0, width: 100, height: 180 }
  return { start, end, kind: crop ? 'crop' : 'blurred-fit', crop, reason: '' }
}

function framing(...scenes: SceneFraming[]): Framing {
  return { aspect: '9:16', scenes }
}

const borders = (pieces: { firstFrame: number; endFrame: number }[]) => pieces.map((p) => [p.firstFrame, p.endFrame])

test('divides a stretch at its scenes, in whole frames', () => {
  const edit = { ranges: [{ start: 10, end: 14 }] }
  const timeline = planTimeline({ edit, framing: framing(scene(10, 11.5, 0), scene(11.5, 14)), frameRate: thirty })
  expect(timeline).toMatchObject({ frameCount: 120, duration: 4 })
  expect(borders(timeline.stretches[0]?.pieces ?? [])).toEqual([
    [0, 45],
    [45, 120],
  ])
})

test('scenes framed the same way become one piece, whatever their reasons', () => {
  const edit = { ranges: [{ start: 0, end: 3 }] }
  const same = framing({ ...scene(0, 1, 20), reason: 'a' }, { ...scene(1, 2, 20), reason: 'b' }, scene(2, 3, 40))
  expect(borders(planTimeline({ edit, framing: same, frameRate: thirty }).stretches[0]?.pieces ?? [])).toEqual([
    [0, 60],
    [60, 90],
  ])
})

test('keeps ranges in playing order, joins those that play on, drops empty ones', () => {
  const edit = {
    ranges: [
      { start: 20, end: 22 },
      { start: 22, end: 23 },
      { start: 5, end: 5 },
      { start: 4, end: 5 },
    ],
  }
  const timeline = planTimeline({ edit, framing: framing(scene(0, 30)), frameRate: thirty })
  expect(playedRanges(timeline)).toEqual([
    { start: 20, end: 23 },
    { start: 4, end: 5 },
  ])
})

test('where the framing does not reach, its nearest scene holds on', () => {
  const edit = { ranges: [{ start: 0, end: 4 }] }
  const timeline = planTimeline({ edit, framing: framing(scene(1, 2, 0), scene(2, 3, 8)), frameRate: thirty })
  expect(borders(timeline.stretches[0]?.pieces ?? [])).toEqual([
    [0, 60],
    [60, 120],
  ])
})

test('frames of a broken rate are counted exactly', () => {
  const edit = { ranges: [{ start: 1.001, end: 11.011 }] }
  const { frameCount, duration } = planTimeline({ edit, framing: framing(scene(0, 20)), frameRate: film })
  expect(frameCount).toBe(240)
  expect(duration).toBeCloseTo(10.01, 9)
})

test('knows where in the recording a moment of the clip comes from', () => {
  const edit = {
    ranges: [
      { start: 20, end: 22 },
      { start: 4, end: 5 },
    ],
  }
  const timeline = planTimeline({ edit, framing: framing(scene(0, 21, 0), scene(21, 30)), frameRate: thirty })
  expect(sourceTimeOf(timeline, 0.5)).toMatchObject({ time: 20.5, scene: { kind: 'crop' } })
  expect(sourceTimeOf(timeline, 1.5)).toMatchObject({ time: 21.5, scene: { kind: 'blurred-fit' } })
  expect(sourceTimeOf(timeline, 2.5)).toMatchObject({ time: 4.5, scene: { kind: 'crop' } })
  expect(sourceTimeOf(timeline, 3)).toBeNull()
})
