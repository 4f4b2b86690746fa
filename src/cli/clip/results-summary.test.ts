import { expect, test } from 'vitest'
import { sampleFailedMoment, sampleMomentsInput } from '../../../test/support/sample-moments-document.ts'
import { type MomentsDocumentInput, writeMomentsDocument } from '../../pipeline/conclude/write-moments-document.ts'
import { createPaint } from '../terminal/create-paint.ts'
import { resultsSummary } from './results-summary.ts'

const places = { folder: '/home/ana/clips', report: '/home/ana/clips/report.html' }

const summary = (input: MomentsDocumentInput, at = places) =>
  resultsSummary(writeMomentsDocument(input), { places: at, paint: createPaint(false) })

function withReused(count: number, reused: number): MomentsDocumentInput {
  const input = sampleMomentsInput(count)
  input.moments = input.moments.map(({ moment, clip }, index) => ({
    moment,
    clip: { ...clip, reused: index < reused },
  }))
  return input
}

test('all went well', () => {
  expect(summary(sampleMomentsInput(8))).toEqual([
    '8 clips made.',
    '',
    'Folder: /home/ana/clips',
    'Report: file:///home/ana/clips/report.html  (open it in a browser)',
  ])
})

test.each([
  [8, 8, 'All 8 clips were already there.'],
  [10, 8, '2 clips made, 8 were already there.'],
  [2, 1, '1 clip made, 1 was already there.'],
  [1, 1, 'The clip was already there.'],
  [1, 0, '1 clip made.'],
])('%d clips of which %d were there', (count, reused, sentence) => {
  expect(summary(withReused(count, reused))[0]).toBe(sentence)
})

test('what was taken out of clips, and what that saved', () => {
  const input = sampleMomentsInput(3)
  const edit = (...kinds: ('filler' | 'silence')[]) => ({
    byHand: false,
    title: null,
    shortenedBy: 1.25 * kinds.length,
    removed: kinds.map((kind) => ({ start: 1, end: 2, kind, text: kind === 'silence' ? '' : 'um' })),
    corrections: [],
    zoom: null,
    notes: [],
  })
  input.moments = input.moments.map((one, index) => ({
    ...one,
    clip: { ...one.clip, edit: [null, edit('filler', 'silence'), edit('silence')][index] ?? null },
  }))
  expect(summary(input)).toContain('1 filler and 2 silences taken out, 3.8 s.')
})

test('what failed, with code and hint', () => {
  const input = sampleMomentsInput(3)
  input.moments[2] = sampleFailedMoment(2)
  expect(summary(input).slice(0, 4)).toEqual([
    '2 clips made.',
    '1 of 3 failed:',
    '  ✗ clip 3: ffmpeg could not cut this clip. [FFMPEG_FAILED]',
    '     Look at the last lines below; often the disk is full or the recording is damaged there.',
  ])
})

test('all failed: nothing was made', () => {
  const input = sampleMomentsInput(1)
  input.moments = [sampleFailedMoment(0)]
  expect(summary(input)[0]).toBe('1 of 1 failed:')
})

test('no moments, because …', () => {
  const input = sampleMomentsInput(8)
  input.moments = []
  input.detection.shortfall = 'Nobody speaks for longer than nine seconds.'
  expect(summary(input).slice(0, 2)).toEqual(['No moments found.', 'Nobody speaks for longer than nine seconds.'])
})

test('warnings, and names that would steer the terminal or break the link', () => {
  const input = sampleMomentsInput(1)
  input.warnings = ['odd \u001b[31m thing']
  const lines = summary(input, { folder: '/a b\n#1', report: '/a b\n#1/report.html' })
  expect(lines).toContain('! odd ␛[31m thing')
  expect(lines).toContain('Folder: /a b␊#1')
  expect(lines.at(-1)).toContain('file:///a%20b%0A%231/report.html')
})

test('says when the words went to a language model', () => {
  const input = sampleMomentsInput(2)
  input.detector = { rung: 'llm', name: 'claude-sonnet-5-5', version: 'moments-1' }
  expect(summary(input)).toContain('Chosen by the language model claude-sonnet-5-5.')
})
