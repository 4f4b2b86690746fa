import { expect, it } from 'vitest'
import { trailsOff } from './trails-off.ts'

it.each([
  ['But I see the score on Deparkanoid, but...', 1],
  ['I guess the exact one escaped my head, but... ', 1],
  ["We still haven't, uh, uh...", 1],
  ['And that is why the', 1],
  ['Das war so, weil…', 1],
  ["It's just that--", 0.6],
  ['Then he said “I was going to —”', 0.6],
  ['If you’re in Japan...', 0.3],
  ['That was it.', 0],
  ['Who has packed the butter?', 0],
  ['He plays in a band.', 0],
  ['They call her Panda', 0],
  ['', 0],
])('%j: %d', (text, expected) => {
  expect(trailsOff(text)).toBe(expected)
})

it.each(['-', '.'])('takes no longer for a line of %j than for other text', (mark) => {
  expect(trailsOff(`${mark.repeat(1_000_000)} and on`)).toBe(0)
})
