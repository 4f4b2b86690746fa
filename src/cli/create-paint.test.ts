import { expect, test } from 'vitest'
import { createPaint, wantsColor } from './create-paint.ts'

test('colour is asked for and only then given', () => {
  expect(createPaint(false).bad('x')).toBe('x')
  expect(createPaint(true).bad('x')).toBe('\u001b[31mx\u001b[39m')
})

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
])('terminal %s, %o → %s', (isTerminal, environment, color) => {
  expect(wantsColor({ isTerminal, environment })).toBe(color)
})
