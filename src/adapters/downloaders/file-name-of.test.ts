import { expect, it } from 'vitest'
import { fileNameOf } from './file-name-of.ts'

it.each([
  ['attachment; filename="The Night.mp3"', 'The Night'],
  ['attachment; filename=lamp.mp3; size=5', 'lamp'],
  [`attachment; filename="x.mp3"; filename*=UTF-8''N%C3%A4chte.mp3`, 'Nächte'],
  ['inline; filename="a \\"quoted\\" name.m4a"', 'a "quoted" name'],
  ['attachment; filename="../../etc/passwd"', 'passwd'],
  ['attachment; filename="C:\\\\Users\\\\ann\\\\talk.mp3"', 'talk'],
  [`attachment; filename="${Buffer.from('Nächte.mp3').toString('latin1')}"`, 'Nächte'],
  [`attachment; filename*=UTF-8''%E0%A4%A; filename="b.mp3"`, 'b'],
  ['attachment; filename=".."', null],
  ['attachment', null],
  [undefined, null],
])('%s names %s', (disposition, name) => {
  expect(fileNameOf(disposition)).toBe(name)
})
