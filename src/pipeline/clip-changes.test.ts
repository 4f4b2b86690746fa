import { expect, test } from 'vitest'
import { entryFor, likeness } from './clip-changes.ts'

test('two stretches are as much the same as what they share is of all they cover', () => {
  expect(likeness({ start: 0, end: 10 }, { start: 0, end: 10 })).toBe(1)
  expect(likeness({ start: 0, end: 10 }, { start: 5, end: 15 })).toBeCloseTo(1 / 3)
  expect(likeness({ start: 0, end: 10 }, { start: 10, end: 20 })).toBe(0)
})

test('an entry is about the moment it is most like, and about none that is only near', () => {
  const entries = [
    { start: 0, end: 10, title: 'a' },
    { start: 2, end: 12, title: 'b' },
  ]
  expect(entryFor(entries, { start: 2.5, end: 12 })?.title).toBe('b')
  expect(entryFor(entries, { start: 0, end: 9 })?.title).toBe('a')
  expect(entryFor(entries, { start: 9, end: 30 })).toBeNull()
  expect(entryFor([], { start: 0, end: 9 })).toBeNull()
})
