import { WriteStream } from 'node:tty'
import { expect, test } from 'vitest'
import { createPaint, shouldColour } from './create-paint.ts'

test('colour is asked for and only then given', () => {
  expect(createPaint(false).bad('x')).toBe('x')
  expect(createPaint(true).bad('x')).toBe('\u001b[31mx\u001b[39m')
})

test('only a terminal that can is coloured', () => {
  expect(shouldColour({ isTTY: true, hasColors: () => true })).toBe(true)
  expect(shouldColour({ isTTY: true, hasColors: () => false })).toBe(false)
  expect(shouldColour({ hasColors: () => true })).toBe(false)
  expect(shouldColour({ isTTY: true })).toBe(false)
})

test.each([
  [{ TERM: 'xterm-256color' }, true],
  [{ TERM: 'xterm-256color', NO_COLOR: '1' }, false],
  [{ TERM: 'xterm-256color', NO_COLOR: '' }, true],
  [{ TERM: 'dumb' }, false],
])('a terminal with %o', (environment, colours) => {
  const terminal = Object.create(WriteStream.prototype) as WriteStream
  const stream = { isTTY: true, hasColors: () => terminal.hasColors(16, environment) }
  expect(shouldColour(stream)).toBe(colours)
})
