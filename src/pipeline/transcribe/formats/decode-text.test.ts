import { expect, test } from 'vitest'
import { TranscriptUnreadable } from '../transcript-errors.ts'
import { decodeText, largestTranscriptBytes } from './decode-text.ts'

const utf16 = (text: string, bigEndian: boolean) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}

test.each([
  ['utf-8', Buffer.from('Grüße, 世界')],
  ['utf-8', Buffer.from('\ufeffGrüße, 世界')],
  ['utf-16le', utf16('Grüße, 世界', false)],
  ['utf-16be', utf16('Grüße, 世界', true)],
])('%s', (encoding, bytes) => {
  expect(decodeText(bytes, 'a.srt')).toEqual({ text: 'Grüße, 世界', encoding, warnings: [] })
})

test.each([
  ['utf-16le', 'Grüße'],
  ['utf-16be', 'Grüße'],
  ['utf-16le', '世界'.repeat(20)],
  ['utf-16le', '一个世界　一个'],
  ['utf-16be', '一个世界　一个'],
  ['utf-16be', 'Привет, мир'],
])('%s without its mark: %s', (encoding, said) => {
  const text = `1\r\n00:00:01,000 --> 00:00:03,000\r\n${said}\r\n`
  const bytes = utf16(text, encoding === 'utf-16be').subarray(2)
  expect(decodeText(bytes, 'a.srt')).toEqual({ text, encoding, warnings: [] })
})

test('Latin-1 and its Windows relative', () => {
  const read = decodeText(Buffer.from('Caf\xe9 \x93quoted\x94 \x80 5', 'latin1'), 'a.srt')
  expect(read.text).toBe('Café “quoted” € 5')
  expect(read.warnings).toHaveLength(1)
})

test('one broken byte does not spoil the accents of the rest', () => {
  const bytes = Buffer.concat([Buffer.from('é'.repeat(30)), Buffer.from([0xff]), Buffer.from('ü')])
  expect(decodeText(bytes, 'a.srt')).toMatchObject({
    text: `${'é'.repeat(30)}\ufffdü`,
    warnings: ['1 broken character in the text.'],
  })
})

test.each([
  ['empty', Buffer.alloc(0), 'is empty'],
  ['blank', Buffer.from(' \n\n'), 'is empty'],
  ['zeros', Buffer.alloc(1000), 'is not a text file'],
  [
    'a PNG',
    Buffer.from('89504e470d0a1a0a0000000d49484452000004000000040008060000007f1d2b83', 'hex'),
    'is not a text file',
  ],
  ['too large', Buffer.alloc(largestTranscriptBytes + 1, 'a'), 'is larger than 50 MB'],
])('%s is refused by name', (_, bytes, problem) => {
  expect(() => decodeText(bytes, 'talk.srt')).toThrow(TranscriptUnreadable)
  expect(() => decodeText(bytes, 'talk.srt')).toThrow(`talk.srt ${problem}.`)
})
