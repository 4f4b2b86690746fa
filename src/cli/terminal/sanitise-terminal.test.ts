import { expect, test } from 'vitest'
import { sanitiseTerminal, sanitiseTerminalLines } from './sanitise-terminal.ts'

test.each([
  ['\u001b[2J\u001b]0;owned\u0007.mp4', '␛[2J␛]0;owned␇.mp4'],
  ['two\nlines\r.mp4', 'two␊lines␍.mp4'],
  ['\u009b31mC1', '\ufffd31mC1'],
  ['del\u007f', 'del␡'],
  ['safe\u202egpj.exe', 'safegpj.exe'],
  ['zero\u200bwidth\ufeff', 'zerowidth'],
  ['half\ud83d', 'half\ufffd'],
  ['日本 👩‍👧 ñ', '日本 👩‍👧 ñ'],
])('%j', (text, shown) => {
  expect(sanitiseTerminal(text)).toBe(shown)
})

test('output of a tool keeps its lines, without colour and without what only moves the cursor', () => {
  const output = '\u001b[31m[mov] moov atom not found\u001b[0m\r\nframe=1\rframe=2\n\n\tdone \u0007'
  expect(sanitiseTerminalLines(output)).toEqual(['[mov] moov atom not found', 'frame=1', 'frame=2', '  done ␇'])
})
