import { describe, expect, test } from 'vitest'
import { WrongUsage } from '../clip/clip-options.ts'
import { readClock, readVerdict } from './feedback-options.ts'

test.each([
  ['keep', [], { kind: 'keep' }],
  ['discard', [], { kind: 'discard' }],
  ['stars', ['1'], { kind: 'stars', stars: 1 }],
  ['stars', ['5'], { kind: 'stars', stars: 5 }],
  ['trim', ['0:03', '41.5'], { kind: 'trim', from: 3, to: 41.5 }],
  [
    'comment',
    ['  The camera is on the wrong person. '],
    { kind: 'comment', text: 'The camera is on the wrong person.' },
  ],
])('%s %j', (kind, values, verdict) => {
  expect(readVerdict(kind, values)).toEqual(verdict)
})

describe('refused, in a sentence', () => {
  test.each([
    ['like', [], '"like" is no verdict; there are keep, discard, stars, trim, comment.'],
    ['constructor', [], '"constructor" is no verdict'],
    ['stars', ['0'], 'stars must be a whole number from 1 to 5, not "0".'],
    ['stars', ['6'], 'not "6"'],
    ['stars', ['4.5'], 'not "4.5"'],
    ['stars', ['five'], 'not "five"'],
    ['stars', [], 'stars needs a number from 1 to 5.'],
    ['keep', ['it'], 'keep needs nothing else.'],
    ['trim', ['3'], 'trim needs where it should begin and where it should end.'],
    ['trim', ['a', '-1'], '"a" is no time of the clip; write 3.5 or 0:03. "-1" is no time'],
    ['trim', ['9', '9'], 'The trim must end after it begins.'],
    ['comment', ['  '], 'The comment is empty.'],
    ['comment', ['x'.repeat(2001)], 'The comment is longer than 2000 letters.'],
  ])('%s %j', (kind, values, sentence) => {
    expect(() => readVerdict(kind, values)).toThrow(WrongUsage)
    expect(() => readVerdict(kind, values)).toThrow(sentence)
  })
})

test.each([
  ['3', 3],
  ['3.25', 3.25],
  ['0:03', 3],
  ['1:02:03.5', 3723.5],
  ['', null],
  ['1:60', null],
  ['1e3', null],
  ['NaN', null],
  ['-1', null],
  ['1:2:3:4', null],
  ['1.', null],
])('the time "%s" is %j seconds', (text, seconds) => {
  expect(readClock(text)).toBe(seconds)
})
