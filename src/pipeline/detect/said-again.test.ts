import { expect, it } from 'vitest'
import { conversation } from './conversation-for-test.ts'
import { factsOf } from './facts-for-test.ts'
import { saidAgain } from './said-again.ts'

const { sentences } = factsOf(
  conversation([
    ['Ana', 'The mayor waved back at me.'],
    ['Ana', 'Yeah, exactly.'],
    ['Bo', 'Nobody had ever seen such a duck.'],
    ['Bo', 'Something else was said here.'],
    ['Ana', 'the mayor waved back, at me!'],
    ['Ana', 'Yeah, exactly.'],
  ]),
)
const again = saidAgain(sentences)

it('is the share of the shorter span that the other says too', () => {
  expect(again({ first: 0, last: 0 }, { first: 4, last: 5 })).toBe(1)
  expect(again({ first: 4, last: 5 }, { first: 0, last: 0 })).toBe(1)
  expect(again({ first: 0, last: 2 }, { first: 3, last: 5 })).toBeCloseTo(6 / 13)
})

it('is 0 for what is said once, and for short words said by everybody', () => {
  expect(again({ first: 1, last: 2 }, { first: 5, last: 5 })).toBe(0)
  expect(again({ first: 2, last: 3 }, { first: 4, last: 4 })).toBe(0)
})
