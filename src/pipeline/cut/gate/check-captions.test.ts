import { expect, test } from 'vitest'
import { checkCaptions, longestCaption } from './check-captions.ts'
import type { GrayPicture } from './gray-picture.ts'

function paint(grayAt: (x: number, y: number) => number): GrayPicture {
  return {
    width: 60,
    height: 60,
    pixels: Uint8Array.from({ length: 3600 }, (_, i) => grayAt(i % 60, Math.floor(i / 60))),
  }
}

const isLetter = (x: number, y: number) => y > 40 && y < 50 && x > 10 && x < 50 && x % 4 < 2
const wall = (x: number, y: number) => 60 + ((x + y) % 30)
const bare = paint(wall)
const drawn = paint((x, y) => (isLetter(x, y) ? 235 : wall(x, y)))

test('sees captions through compression and movement', () => {
  const clip = paint((x, y) => (isLetter(x, y) ? 215 : wall(x + 5, y)) + (x % 5))
  expect(checkCaptions({ bare, drawn, clip })).toMatchObject({ present: true })
})

test('sees that they are missing', () => {
  expect(checkCaptions({ bare, drawn, clip: bare })).toMatchObject({
    present: false,
    detail: expect.stringContaining('0 %'),
  })
})

test('half of them is not enough', () => {
  const clip = paint((x, y) => (isLetter(x, y) && x < 30 ? 235 : wall(x, y)))
  expect(checkCaptions({ bare, drawn, clip }).present).toBe(false)
})

test('captions that draw nothing, as without a font, do not pass', () => {
  expect(checkCaptions({ bare, drawn: bare, clip: bare })).toMatchObject({
    present: false,
    detail: expect.stringContaining('font'),
  })
})

test('finds the middle of the caption shown longest, within the clip', () => {
  const ass = `[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:00.10,0:00:00.40,pop,,0,0,0,,{\\an5}one
Dialogue: 1,0:00:01.00,0:00:03.00,pop,,0,0,0,,two
Dialogue: 0,0:01:02.00,0:01:09.00,pop,,0,0,0,,after the end
`
  expect(longestCaption(ass, 10)).toBe(2)
  expect(longestCaption(ass, 64)).toBe(2)
  expect(longestCaption(ass, 100)).toBe(65.5)
  expect(longestCaption('[Events]\n', 10)).toBeNull()
})
