import { expect, test } from 'vitest'
import { AppError } from '../../domain/app-error.ts'
import { createPaint } from './create-paint.ts'
import { describeError, errorAsJson, printError } from './print-error.ts'

const paint = createPaint(false)

class ToolFailed extends AppError {
  readonly code = 'TOOL_FAILED'
  constructor(message = 'ffmpeg could not read talk.mp4.', output = '[mov] moov atom not found\r\nInvalid data found') {
    super(message, {
      hint: 'Download it again.',
      evidence: { command: 'ffmpeg -i talk.mp4', exitCode: 183, signal: null, output, durationSeconds: 0.42 },
    })
  }
}

class Bare extends AppError {
  readonly code = 'BARE'
}

test('a failed tool: sentence, code, way out, evidence', () => {
  expect(describeError(new ToolFailed(), { paint })).toEqual([
    '✗ ffmpeg could not read talk.mp4. [TOOL_FAILED]',
    '  → Download it again.',
    '    $ ffmpeg -i talk.mp4',
    '    exit status 183, after 0.4 s',
    '    [mov] moov atom not found',
    '    Invalid data found',
  ])
})

test('nothing but a sentence', () => {
  expect(describeError(new Bare('There is no run 7.'), { paint })).toEqual(['✗ There is no run 7. [BARE]'])
  expect(describeError(new Bare(''), { paint })).toEqual(['✗ Something went wrong. [BARE]'])
})

test('at a terminal lines break between words, and commands are named as they are called there', () => {
  class Unheard extends AppError {
    readonly code = 'UNHEARD'
  }
  const error = new Unheard('No transcript was found for my talk.mp4.', {
    hint: 'Get a model with `clipwright models list`,\nor name a file.',
  })
  expect(describeError(error, { paint, columns: 33, command: 'npx clipwright' })).toEqual([
    '✗ No transcript was found for my',
    '  talk.mp4. [UNHEARD]',
    '  → Get a model with',
    '    `npx clipwright models list`,',
    '  → or name a file.',
  ])
  expect(describeError(error, { paint, columns: 46 })).toEqual([
    '✗ No transcript was found for my talk.mp4.',
    '  [UNHEARD]',
    '  → Get a model with `clipwright models list`,',
    '  → or name a file.',
  ])
})

test('a mistake of ours shows where it happened, anything else thrown at least itself', () => {
  const lines = describeError(new TypeError('x is not a function'), { paint })
  expect(lines[0]).toBe('✗ x is not a function [UNEXPECTED]')
  expect(lines[1]).toContain('→ Nobody foresaw this.')
  expect(lines[2]).toMatch(/^ {4}at .*print-error\.test\.ts/)
  expect(describeError('gone', { paint })).toEqual(['✗ gone [UNEXPECTED]', lines[1]])
})

test('long output is cut to its end', () => {
  const output = Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n')
  const lines = describeError(new ToolFailed('It failed.', output), { paint })
  expect(lines).toContain('    …')
  expect(lines.at(-1)).toBe('    line 39')
  expect(lines).not.toContain('    line 27')
})

test('names and output can not steer the terminal', () => {
  const hostile = new ToolFailed(
    'Could not read \u001b]0;x\u0007a\u001b[2Jb.mp4\nsecond line',
    '\u001b[31mred\u001b[0m\u009b',
  )
  const text = describeError(hostile, { paint }).join('|')
  // oxlint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
  expect(text).toContain('second line')
})

test('a terminal that does not know its width is as wide as it takes', () => {
  let text = ''
  printError(new ToolFailed(), { json: false, paint, stderr: { write: (line) => (text += line), columns: 0 } })
  expect(text).toContain('✗ ffmpeg could not read talk.mp4. [TOOL_FAILED]\n')
})

test('for programs: one document on standard output, nothing beside it', () => {
  const [out, err]: string[][] = [[], []]
  const streams = {
    stdout: { write: (text: string) => out?.push(text) },
    stderr: { write: (text: string) => err?.push(text) },
  }
  printError(new ToolFailed(), { json: true, paint, ...streams })
  expect(err).toEqual([])
  expect(JSON.parse(out?.join('') ?? '')).toEqual({
    error: {
      code: 'TOOL_FAILED',
      message: 'ffmpeg could not read talk.mp4.',
      hint: 'Download it again.',
      evidence: expect.objectContaining({ exitCode: 183 }),
    },
  })
  printError(new Bare('No.'), { json: false, paint, ...streams })
  expect(err?.join('')).toBe('✗ No. [BARE]\n')
  expect(JSON.parse(errorAsJson(new Bare('No.')))).toEqual({
    error: { code: 'BARE', message: 'No.', hint: null, evidence: null },
  })
})
