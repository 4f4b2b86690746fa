import { expect, it } from 'vitest'
import { retryAfterSeconds } from './retry-after.ts'

const now = new Date('2026-01-01T00:00:00Z')

it.each([
  ['120', 120],
  [' 0 ', 0],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30],
  ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
  ['soon', null],
  ['-5', null],
  [undefined, null],
])('%s asks for %s s', (header, seconds) => {
  expect(retryAfterSeconds(header, now)).toBe(seconds)
})
