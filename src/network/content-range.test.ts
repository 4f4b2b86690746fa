import { expect, it } from 'vitest'
import { parseContentRange } from './content-range.ts'

it.each([
  ['bytes 200-999/1000', { span: { first: 200, last: 999 }, total: 1000 }],
  ['Bytes 0-0/*', { span: { first: 0, last: 0 }, total: null }],
  ['bytes */1000', { span: null, total: 1000 }],
])('reads %s', (header, range) => {
  expect(parseContentRange(header)).toEqual(range)
})

it.each(['bytes 999-200/1000', 'bytes 0-1000/1000', 'bytes -5/10', 'items 0-1/2', 'bytes 0-1', '', undefined])(
  'refuses %s',
  (header) => {
    expect(parseContentRange(header)).toBeNull()
  },
)
