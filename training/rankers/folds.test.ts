import { expect, it } from 'vitest'
import { foldsOf } from './folds.ts'

const ids = Array.from({ length: 43 }, (_, i) => `show/episode-${i}`)

it('makes parts of equal size that do not depend on the order', () => {
  const folds = foldsOf(ids)
  expect(
    [0, 1, 2, 3, 4].map((fold) => ids.filter((id) => folds.get(id) === fold).length).sort((a, b) => a - b),
  ).toEqual([8, 8, 9, 9, 9])
  expect(foldsOf(ids.toReversed())).toEqual(folds)
})

it('puts a recording that comes twice into one part', () => {
  expect(foldsOf([...ids, ...ids])).toEqual(foldsOf(ids))
})
