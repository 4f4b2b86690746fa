import { Writable } from 'node:stream'
import type { WriteStream } from 'node:tty'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { sampleProgressStep as step } from '../../../test/support/sample-progress-step.ts'
import { createPaint } from '../create-paint.ts'
import { SilentProgressView } from './progress-view.ts'
import { TerminalProgressView } from './terminal-progress-view.ts'

/** A stream that says it is a terminal and remembers what it was told. */
function fakeTerminal(columns: number) {
  const written: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, callback) {
      written.push(String(chunk))
      callback()
    },
  })
  Object.assign(stream, { isTTY: true, columns, rows: 24 })
  // All that log-update reads is there; a real tty stream needs a terminal, which a test run has not.
  return { stream: stream as unknown as WriteStream, written }
}

test('draws bars with a time left, and does not draw more often than people read', () => {
  const { stream, written } = fakeTerminal(100)
  const view = new TerminalProgressView({ stream, paint: createPaint(false) })
  for (let ms = 0; ms <= 4000; ms += 10) {
    view.update({ steps: [step({ kind: 'analyze', fraction: ms / 8000, startedAt: 0 })], now: ms })
  }
  const frames = written.length
  expect(frames).toBeLessThanOrEqual(51)
  expect(stripVTControlCharacters(written.join(''))).toContain('analyze')
  expect(stripVTControlCharacters(written.at(-1) ?? '')).toContain('0:05 left')
  view.finish({ steps: [step({ kind: 'analyze', status: 'done', startedAt: 0, finishedAt: 4010 })], now: 4010 })
  expect(stripVTControlCharacters(written.slice(frames).join(''))).toContain('done in 4.0 s')
})

test('silent is silent', () => {
  const view = new SilentProgressView()
  expect([view.update(), view.finish()]).toEqual([undefined, undefined])
})
