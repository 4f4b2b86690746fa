import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { sampleFailedMoment, sampleMomentsInput } from '../../../test/support/sample-moments-document.ts'
import { writeMomentsDocument } from '../../pipeline/conclude/write-moments-document.ts'
import { createPaint } from '../terminal/create-paint.ts'
import { resultsTable } from './results-table.ts'

const paint = createPaint(false)

function sample({ titles = [], file }: { titles?: string[]; file?: string } = {}) {
  const input = sampleMomentsInput(4)
  input.moments = input.moments.map(({ moment, clip }, index) => ({
    moment: { ...moment, title: titles[index] ?? moment.title },
    clip: clip.status === 'done' && file !== undefined ? { ...clip, file } : clip,
  }))
  input.moments[2] = sampleFailedMoment(2)
  return writeMomentsDocument(input)
}

test('at 80 columns', () => {
  expect(resultsTable(sample(), { width: 80, paint })).toBe(
    [
      '┌───┬───────┬────────┬───────┬──────────────────────────────┬─────────────────┐',
      '│ # │ score │ length │    at │ title                        │ file            │',
      '├───┼───────┼────────┼───────┼──────────────────────────────┼─────────────────┤',
      '│ 1 │  0.91 │   42 s │ 14:03 │ The night the whole archive… │ clip-1.mp4      │',
      '│ 2 │  0.84 │   34 s │ 36:50 │ Ask one question before you… │ clip-2.mp4      │',
      '│ 3 │  0.72 │   25 s │  6:42 │ Why the guest always arrive… │ ✗ FFMPEG_FAILED │',
      '│ 4 │  0.58 │   43 s │ 51:45 │ Is editing lying? Two hosts… │ clip-4.mp4      │',
      '└───┴───────┴────────┴───────┴──────────────────────────────┴─────────────────┘',
    ].join('\n'),
  )
})

test.each([80, 120, 60, 44, 30, 20, 3])('every line of it fits %d columns, and all are of one width', (width) => {
  const titles = [
    '日本語のとても長いタイトルがここにあります、まだ続きます',
    '👩‍👩‍👧 family 🎙️ 1️⃣ ❤️ '.repeat(6),
    'é'.repeat(200),
    '한국어 제목',
  ]
  const document = sample({ titles, file: `${'very-long-name-'.repeat(12)}🎬.mp4` })
  const lines = resultsTable(document, { width, paint }).split('\n')
  const widths = new Set(lines.map((line) => stringWidth(line)))
  expect(Math.max(...widths)).toBeLessThanOrEqual(width)
  if (width >= 44) expect(widths.size).toBe(1)
})

test('a failed clip says so with its code, or with a mark where there is no file column', () => {
  expect(resultsTable(sample(), { width: 120, paint })).toContain('✗ FFMPEG_FAILED')
  expect(resultsTable(sample(), { width: 44, paint })).toContain('✗ Why')
})

test('colour changes no letter', () => {
  const coloured = resultsTable(sample(), { width: 100, paint: createPaint(true) })
  expect(coloured).toContain('\u001b[31m')
  expect(stripVTControlCharacters(coloured)).toBe(resultsTable(sample(), { width: 100, paint }))
})

test('a title can not steer the terminal, nor break the table', () => {
  const table = resultsTable(sample({ titles: ['\u001b[2J\nhello\tthere\r'], file: 'a\u001b]0;x\u0007\n.mp4' }), {
    width: 120,
    paint,
  })
  // oxlint-disable-next-line no-control-regex
  expect(table.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
  expect(table).toContain('␛[2J␊hello')
})

test('no moments, no table', () => {
  expect(resultsTable({ ...sample(), moments: [] }, { width: 80, paint })).toBe('')
})
