import { expect, it } from 'vitest'
import { type StepKind, stepKinds } from '../../domain/run.ts'
import { expectStep } from './known-pace.ts'
import { type KindAhead, timeAhead } from './run-ahead.ts'

const one = (seconds: number): KindAhead => ({ left: [seconds], lanes: 1 })
function ahead(kinds: Partial<Record<StepKind, KindAhead | null>>): number | null {
  return timeAhead(new Map(stepKinds.map((kind) => [kind, kind in kinds ? (kinds[kind] ?? null) : one(0)])))
}

it.each<[string, Partial<Record<StepKind, KindAhead | null>>, number | null]>([
  ['nothing is left', {}, 0],
  ['one follows the other', { ingest: one(2), detect: one(3), conclude: one(1) }, 6],
  ['two go on at once', { transcribe: one(40), analyze: one(10) }, 40],
  ['clips are made one by one', { cut: { left: [10, 10, 10], lanes: 1 } }, 30],
  ['clips are made two by two', { cut: { left: [10, 10, 10, 10], lanes: 2 } }, 20],
  ['the last clip takes longest', { cut: { left: [1, 1, 10], lanes: 3 } }, 10],
  ['framing and rendering overlap', { reframe: { left: [5, 5], lanes: 1 }, cut: { left: [20, 20], lanes: 1 } }, 40],
  [
    'rendering ends after the last framing',
    { reframe: { left: [30, 30], lanes: 1 }, cut: { left: [5, 5], lanes: 1 } },
    65,
  ],
  ['one kind is not known', { detect: null, cut: one(3) }, null],
])('the time a run has left when %s', (_, kinds, seconds) => {
  expect(ahead(kinds)).toBe(seconds)
})

const pace = new Map([
  ['analyze', { seconds: 90, perMediaSecond: 0.1 }],
  ['cut', { seconds: 12, perMediaSecond: 0.2 }],
] as const)

it.each([
  ['a recording, by its length', { kind: 'analyze', duration: 600, siblings: [] }, 60],
  ['a recording whose length is not known', { kind: 'analyze', duration: null, siblings: [] }, null],
  ['a clip', { kind: 'cut', duration: 600, siblings: [] }, 12],
  ['a clip after others of its run', { kind: 'cut', duration: 600, siblings: [30, 20] }, 25],
  ['what was never done before', { kind: 'detect', duration: 600, siblings: [] }, null],
] as const)('what a step should take: %s', (_, step, seconds) => {
  const expected = expectStep(step, pace)
  expect(expected).toEqual(seconds === null ? null : expect.closeTo(seconds, 6))
})
