import { expect, test } from 'vitest'
import { sayLeaning } from './say-leaning.ts'

const leaning = { feature: 'exchange', weight: 0.2, from: 0.6, alike: 4, alikeLiked: 3 }

test('what was kept, in words', () => {
  expect(sayLeaning(leaning, 0.1)).toBe('You kept 3 of 4 with quick back-and-forth')
  expect(sayLeaning({ ...leaning, weight: -0.2 }, 0.1)).toBe('You kept 3 of 4 with less of quick back-and-forth')
  expect(sayLeaning({ ...leaning, feature: 'brandNew' }, 0.1)).toBe('You kept 3 of 4 with brandNew')
})

test('nothing where there is little to point at, or where it spoke against the moment', () => {
  expect(sayLeaning({ ...leaning, alike: 2, alikeLiked: 2 }, 0.1)).toBeNull()
  expect(sayLeaning(leaning, -0.1)).toBeNull()
})
