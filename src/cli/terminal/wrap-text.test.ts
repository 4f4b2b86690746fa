import { expect, test } from 'vitest'
import { wrapText } from './wrap-text.ts'

test('breaks between words, at the last one that has room', () => {
  expect(wrapText('Choose another folder with --out.', 15)).toEqual(['Choose another', 'folder with', '--out.'])
  expect(wrapText('Choose another folder with --out.', 33)).toEqual(['Choose another folder with --out.'])
  expect(wrapText('', 10)).toEqual([])
})

test('a word without room stays whole', () => {
  expect(wrapText('in /home/ana/very/long/path now', 10)).toEqual(['in', '/home/ana/very/long/path', 'now'])
})

test('a command is not torn where it has room in a line', () => {
  expect(wrapText('Get it with `clipwright models list` first.', 30)).toEqual([
    'Get it with',
    '`clipwright models list`',
    'first.',
  ])
  expect(wrapText('`clipwright models list` first', 12)).toEqual(['`clipwright', 'models list`', 'first'])
})

test('blanks stay as they are, but for those where a line ends', () => {
  expect(wrapText('my  talk.mp4 is  empty', 15)).toEqual(['my  talk.mp4 is', 'empty'])
})

test('wide letters take two columns', () => {
  expect(wrapText('録音 字幕', 5)).toEqual(['録音', '字幕'])
})

test('an accent that nothing closes is a letter like others', () => {
  expect(wrapText("the file `a b c isn't there", 12)).toEqual(['the file `a', "b c isn't", 'there'])
})
