import { expect, it } from 'vitest'
import { contentHash } from './content-hash.ts'

it('is the same for the same content, whatever the order of its keys', () => {
  expect(contentHash({ a: 1, b: { c: [1, 2], d: null } })).toBe(contentHash({ b: { d: null, c: [1, 2] }, a: 1 }))
})

it('differs when a value or the order of a list differs', () => {
  expect(contentHash({ a: [1, 2] })).not.toBe(contentHash({ a: [2, 1] }))
  expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: '1' }))
})
