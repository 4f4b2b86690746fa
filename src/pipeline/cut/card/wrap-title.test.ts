import { expect, test } from 'vitest'
import { captionFont } from '../captions/caption-font.ts'
import { wrapTitle } from './wrap-title.ts'

const font = captionFont()
const room = { width: 800, mostLines: 3, fontSize: 90, leastFontSize: 45 }

test('sets a short title big on one line', () => {
  expect(wrapTitle('Why we sleep', room, font)).toEqual({ lines: ['Why we sleep'], fontSize: 90 })
})

test('wraps a longer one evenly, inside the width', () => {
  const { lines, fontSize } = wrapTitle('How a mug sells for twenty dollars and changes lives', room, font)
  expect(lines.join(' ')).toBe('How a mug sells for twenty dollars and changes lives')
  expect(lines.length).toBeLessThanOrEqual(3)
  const widths = lines.map((line) => font.widthOf(line) * fontSize)
  expect(Math.max(...widths)).toBeLessThanOrEqual(800)
  expect(Math.min(...widths)).toBeGreaterThan(400)
})

test('draws small and ends in an ellipsis what is longer than the card', () => {
  const { lines, fontSize } = wrapTitle('a very long title indeed, '.repeat(20), room, font)
  expect(fontSize).toBe(45)
  expect(lines).toHaveLength(3)
  expect(lines[2]).toMatch(/\w…$/)
  for (const line of lines) expect(font.widthOf(line) * 45).toBeLessThanOrEqual(800)
})

test('cuts a word without spaces, and has no lines for no title', () => {
  const { lines, fontSize } = wrapTitle('Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik', room, font)
  expect(lines.length).toBeGreaterThan(1)
  for (const line of lines) expect(font.widthOf(line) * fontSize).toBeLessThanOrEqual(800)
  expect(wrapTitle('', room, font).lines).toEqual([])
})
