import { expect, test } from 'vitest'
import type { SceneFraming } from '../../../domain/clip.ts'
import { type SceneOverride, sceneOverrides } from '../../framing-overrides.ts'
import { applyOverrides } from './apply-overrides.ts'

const size = { width: 1920, height: 1080 }
const found: SceneFraming[] = [
  { start: 10, end: 20, kind: 'blurred-fit', crop: null, reason: 'found' },
  { start: 20, end: 30, kind: 'crop', crop: { x: 0, y: 0, width: 608, height: 1080 }, reason: 'found' },
]
const apply = (...overrides: SceneOverride[]) => applyOverrides(found, { overrides, aspect: '9:16', size })
const spans = (scenes: SceneFraming[]) => scenes.map(({ start, end, by }) => [start, end, by])

test('without any nothing changes', () => {
  expect(apply()).toEqual(found)
})

test('a stretch across a cut replaces what it covers and leaves the rest', () => {
  expect(spans(apply({ start: 15, end: 25, look: 'fit' }))).toEqual([
    [10, 15, undefined],
    [15, 25, 'hand'],
    [25, 30, undefined],
  ])
})

test('what lies outside the clip, or next to it, does nothing', () => {
  expect(apply({ start: 0, end: 10, look: 'fit' }, { start: 30, end: 99, look: 'fit' })).toEqual(found)
})

test('what is longer than the clip is all of it, and crumbs are swept up', () => {
  expect(spans(apply({ start: 0, end: 99, look: 'fit' }))).toEqual([[10, 30, 'hand']])
  expect(spans(apply({ start: 10.01, end: 29.99, look: 'fit' }))).toEqual([[10, 30, 'hand']])
})

test('places are the middle of the crop, held inside the picture', () => {
  const at = (x: number, zoom?: number) => apply({ start: 10, end: 30, look: 'at', x, zoom })[0]?.crop
  expect(at(0.5)).toEqual({ x: 656, y: 0, width: 608, height: 1080 })
  expect(at(0)?.x).toBe(0)
  expect(at(1)?.x).toBe(1312)
  expect(at(0.5, 2)).toEqual({ x: 808, y: 270, width: 304, height: 540 })
})

test('moves become glides', () => {
  const [scene] = apply({
    start: 10,
    end: 30,
    look: 'at',
    x: 0.2,
    moves: [
      { time: 15, x: 0.8 },
      { time: 22, x: 0.2, seconds: 3 },
    ],
  })
  expect(scene?.moves).toEqual([
    { time: 15, seconds: 1.6, x: 1232, y: 0 },
    { time: 22, seconds: 3, x: 80, y: 0 },
  ])
})

test('a split has the shape of its panels', () => {
  const [scene] = apply({
    start: 10,
    end: 30,
    look: 'split',
    panels: [{ x: 0.2 }, { x: 0.8, zoom: 2 }],
    note: 'both laugh',
  })
  expect(scene).toMatchObject({ kind: 'split', reason: 'both laugh', by: 'hand' })
  for (const { width, height } of scene?.panels ?? []) expect(width / height).toBeCloseTo(1080 / 960, 1)
})

test.each([
  [[{ start: 5, end: 5, look: 'fit' }], 'not after its start'],
  [
    [
      { start: 5, end: 9, look: 'fit' },
      { start: 8, end: 10, look: 'fit' },
    ],
    'before the one above it ends',
  ],
  [[{ start: 5, end: 9, look: 'at', x: 1.2 }], '0 to 1'],
  [[{ start: 5, end: 9, look: 'at' }], 'x'],
  [[{ start: 5, end: 9, look: 'left' }], 'look'],
  [[{ start: 5, end: 9, look: 'fit', x: 0.2 }], 'x'],
  [[{ start: Number.NaN, end: 9, look: 'fit' }], 'start'],
  [[{ start: 5, end: 9, look: 'split', panels: [{ x: 0.1 }] }], 'panels'],
  [
    [
      {
        start: 5,
        end: 9,
        look: 'at',
        x: 0.5,
        moves: [
          { time: 8, x: 0.1 },
          { time: 6, x: 0.2 },
        ],
      },
    ],
    'order of time',
  ],
])('refuses %j', (scenes, problem) => {
  const parsed = sceneOverrides.safeParse(scenes)
  expect(parsed.success).toBe(false)
  expect(JSON.stringify(parsed.error?.issues)).toContain(problem)
})
