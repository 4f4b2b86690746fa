import { expect, it } from 'vitest'
import { parseSize } from './parse-size.ts'

it.each([
  ['500 MB', 500e6],
  ['500mb', 500e6],
  ['1.5 GB', 1.5e9],
  ['2GiB', 2 ** 31],
  ['524288000', 524_288_000],
  [524_288_000, 524_288_000],
])('%s is %i bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes)
})

it.each(['500', '0', '-5 MB', 'much', '5 XB', '1e400 GB', ''])('%j is no size', (text) => {
  expect(parseSize(text)).toBeNull()
})
