import { expect, it } from 'vitest'
import { snapSpan } from './snap-span.ts'

it('leads in by 0.15 s and lets 0.3 s follow where there is room', () => {
  expect(snapSpan({ speech: { start: 10, end: 20 }, before: 5, after: 30, duration: 60 })).toEqual({
    start: 9.85,
    end: 20.3,
  })
})

it('takes half of a short pause, so that neighbours touch but never overlap', () => {
  const first = snapSpan({ speech: { start: 0, end: 20 }, before: null, after: 20.2, duration: 60 })
  const second = snapSpan({ speech: { start: 20.2, end: 40 }, before: 20, after: null, duration: 60 })
  expect(first.end).toBe(20.1)
  expect(second.start).toBe(first.end)
})

it('keeps to the words when somebody else talks at the same time', () => {
  expect(snapSpan({ speech: { start: 10, end: 20 }, before: 11, after: 19, duration: 60 })).toEqual({
    start: 10,
    end: 20,
  })
})

it('stays inside the recording', () => {
  expect(snapSpan({ speech: { start: 0.05, end: 59.9 }, before: null, after: null, duration: 60 })).toEqual({
    start: 0,
    end: 60,
  })
})
