import { expect, test } from 'vitest'
import { likingOf, type Verdict } from './feedback.ts'

test.each<[Verdict, ReturnType<typeof likingOf>]>([
  [{ kind: 'keep' }, { liking: 'like', weight: 1 }],
  [{ kind: 'discard' }, { liking: 'dislike', weight: 1 }],
  [
    { kind: 'stars', stars: 1 },
    { liking: 'dislike', weight: 1 },
  ],
  [
    { kind: 'stars', stars: 2 },
    { liking: 'dislike', weight: 0.5 },
  ],
  [{ kind: 'stars', stars: 3 }, null],
  [
    { kind: 'stars', stars: 4 },
    { liking: 'like', weight: 0.5 },
  ],
  [
    { kind: 'stars', stars: 5 },
    { liking: 'like', weight: 1 },
  ],
  [
    { kind: 'trim', range: { start: 3, end: 9 } },
    { liking: 'like', weight: 0.5 },
  ],
  [{ kind: 'comment', text: 'wrong camera' }, null],
])('%j', (verdict, liking) => {
  expect(likingOf(verdict)).toEqual(liking)
})
