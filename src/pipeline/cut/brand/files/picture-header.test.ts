import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { otherPictureFormat, readPictureHeader } from './picture-header.ts'

const logo = readFileSync(join(import.meta.dirname, '../../../../../examples/night-bakery-brand/logo.png'))
// SOI, APP0 of 16 bytes, then a baseline frame of 320 by 200.
const jpeg = Buffer.from(`ffd8ffe00010${'00'.repeat(14)}ffc0001108${'00c8'}${'0140'}03`, 'hex')

test('reads the size of a PNG and of a JPEG', () => {
  expect(readPictureHeader(logo)).toEqual({ format: 'png', width: 512, height: 512, moves: false })
  expect(readPictureHeader(jpeg)).toEqual({ format: 'jpeg', width: 320, height: 200, moves: false })
})

test('tells a PNG that moves', () => {
  const control = Buffer.concat([Buffer.from([0, 0, 0, 8]), Buffer.from('acTL'), Buffer.alloc(12)])
  const animated = Buffer.concat([logo.subarray(0, 33), control, logo.subarray(33)])
  expect(readPictureHeader(animated)?.moves).toBe(true)
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a PNG cut off in its header', logo.subarray(0, 18)],
  ['a JPEG without a frame', jpeg.subarray(0, 20)],
  ['a JPEG whose lengths lead nowhere', Buffer.from('ffd8ffe00000ffe0ffff', 'hex')],
  ['text', Buffer.from('not a picture')],
])('%s is no picture', (_name, bytes) => {
  expect(readPictureHeader(bytes)).toBeNull()
})

test.each([
  ['a GIF', 'GIF89a'],
  ['a WebP picture', 'RIFF\0\0\0\0WEBPVP8 '],
  ['an SVG drawing', '<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg">'],
  ['an AVIF or HEIC picture', '\0\0\0\x20ftypavif'],
])('names %s', (name, start) => {
  expect(otherPictureFormat(Buffer.from(start, 'latin1'))).toBe(name)
  expect(readPictureHeader(Buffer.from(start, 'latin1'))).toBeNull()
})

test('has no name for what it does not know', () => {
  expect(otherPictureFormat(Buffer.from('hello'))).toBeNull()
})
