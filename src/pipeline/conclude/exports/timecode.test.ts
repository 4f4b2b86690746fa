import { describe, expect, test } from 'vitest'
import { formatTimecode, mayDrop, parseTimecode, type TimecodeRate } from './timecode.ts'

const ntsc: TimecodeRate = { numerator: 30_000, denominator: 1001, dropFrame: true }
const ntscNdf = { ...ntsc, dropFrame: false }
const film: TimecodeRate = { numerator: 24_000, denominator: 1001, dropFrame: false }
const pal: TimecodeRate = { numerator: 25, denominator: 1, dropFrame: false }
const fast: TimecodeRate = { numerator: 60_000, denominator: 1001, dropFrame: true }

describe('a timecode', () => {
  // The borders that every description of drop-frame timecode gives.
  test.each([
    [0, '00;00;00;00'],
    [1799, '00;00;59;29'],
    [1800, '00;01;00;02'],
    [3597, '00;01;59;29'],
    [3598, '00;02;00;02'],
    [17_981, '00;09;59;29'],
    [17_982, '00;10;00;00'],
    [107_892, '01;00;00;00'],
    [2_589_407, '23;59;59;29'],
    [2_589_408, '00;00;00;00'],
  ])('29.97, drop: frame %i is %s', (frames, text) => {
    expect(formatTimecode(frames, ntsc)).toBe(text)
  })

  test.each([
    [3599, '00;00;59;59'],
    [3600, '00;01;00;04'],
    [35_964, '00;10;00;00'],
    [215_784, '01;00;00;00'],
  ])('59.94, drop: frame %i is %s', (frames, text) => {
    expect(formatTimecode(frames, fast)).toBe(text)
  })

  test('drop frame keeps up with the clock to a frame in an hour, without it the count is 3.6 s behind', () => {
    const anHour = Math.round((3600 * 30_000) / 1001)
    expect(formatTimecode(anHour, ntsc)).toBe('01;00;00;00')
    expect(formatTimecode(anHour, ntscNdf)).toBe('00:59:56:12')
    expect(formatTimecode(Math.round((3600 * 24_000) / 1001), film)).toBe('00:59:56:10')
  })

  test('25 and 24 count plainly, beyond a day from the beginning', () => {
    expect(formatTimecode(25 * 3600 + 24, pal)).toBe('01:00:00:24')
    expect(formatTimecode(25 * 86_400 + 1, pal)).toBe('00:00:00:01')
    expect(formatTimecode(-1, pal)).toBe('23:59:59:24')
  })

  test.each([ntsc, ntscNdf, film, pal, fast])('what is written is read again: %o', (rate) => {
    for (let frames = 0; frames < 2_000_000; frames += 1777) {
      expect(parseTimecode(formatTimecode(frames, rate), rate)).toEqual({ frames, dropFrame: rate.dropFrame })
    }
  })

  test('numbers that name no frame, and what is no timecode, are refused', () => {
    for (const text of [
      '00:01:00;00',
      '00;01;00;01',
      '24:00:00:00',
      '00:60:00:00',
      '00:00:60:00',
      '00:00:00:30',
      '1:2:3:4',
      '',
      'N/A',
    ]) {
      expect(parseTimecode(text, ntsc), text).toBeNull()
    }
    expect(parseTimecode('00:10:00;00', ntsc)).toEqual({ frames: 17_982, dropFrame: true })
    // A semicolon at 25 is a mistake of the camera, not a count that drops.
    expect(parseTimecode('10:00:00;00', pal)).toEqual({ frames: 900_000, dropFrame: false })
  })

  test('only 29.97 and 59.94 can drop', () => {
    expect([ntsc, fast, film, pal].map(mayDrop)).toEqual([true, true, false, false])
  })
})
