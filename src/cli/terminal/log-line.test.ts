import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { expect, it } from 'vitest'
import { createLogger, type Logger } from '../../observability/logger.ts'
import { createPaint } from './create-paint.ts'
import { logLine } from './log-line.ts'

const wide = { paint: createPaint(false), columns: 200 }

/** What a record of our own logger looks like to a person, without its time. */
function lineOf(write: (logger: Logger) => void, look = wide): string {
  let json = ''
  const keep = new Writable({
    write(chunk, _, done) {
      json += String(chunk)
      done()
    },
  })
  write(createLogger('debug', keep))
  const line = logLine(json, look)
  expect(line).toMatch(/^\d\d:\d\d:\d\d /)
  return line.slice(9)
}

it('says a slow query in a line, without its plan', () => {
  const facts = { ms: 157, sql: 'select "id"\n  from "steps" where "run_id" = $1', plan: ['Sort  (cost=2.38..2.38)'] }
  expect(lineOf((logger) => logger.warn(facts, 'a query was slow'))).toBe(
    'Warning: a query was slow  157 ms, select id from steps where run_id = $1',
  )
})

it('says what was wrong, with its code or the place in the program', () => {
  const known = Object.assign(new Error('The feed did not answer.'), { code: 'FEED_UNREACHABLE' })
  expect(lineOf((logger) => logger.warn({ err: known, url: '/x' }, 'could not look'))).toBe(
    'Warning: could not look: The feed did not answer. [FEED_UNREACHABLE]  url "/x"'.replaceAll('"', ''),
  )
  expect(lineOf((logger) => logger.error({ err: new Error('a is not b') }, 'step failed'))).toMatch(
    /^Error: step failed: a is not b \(at .*log-line\.test\.ts:\d+:\d+.*\)$/,
  )
})

it('cuts what is added at the edge of the terminal, never the sentence', () => {
  const say = (logger: Logger): void => logger.warn({ ms: 3, sql: `select ${'x, '.repeat(200)}` }, 'a query was slow')
  const line = lineOf(say, { ...wide, columns: 60 })
  expect(line.length).toBeLessThanOrEqual(60 - 9)
  expect(line).toMatch(/^Warning: a query was slow {2}3 ms, select x.*…$/)
  expect(lineOf(say, { ...wide, columns: 10 })).toBe('Warning: a query was slow')
})

it('gives the terminal no orders, whatever was logged', () => {
  const evil = '\u001b]52;c;ZXZpbA==\u0007\u001b[2J\r\nfake 12:00:00 line'
  const line = lineOf((logger) => logger.warn({ file: evil, err: new Error(evil) }, evil))
  expect(line).not.toMatch(/\p{Cc}/u)
  expect(stripVTControlCharacters(line)).toBe(line)
})

it('keeps to itself what the log keeps to itself', () => {
  const line = lineOf((logger) => logger.warn({ asked: { password: 'hunter2', apiKey: 'sk-1' } }, 'refused'))
  expect(line).toContain('[redacted]')
  expect(line).not.toMatch(/hunter2|sk-1/)
})

it('leaves alone what is no record', () => {
  expect(logLine('postgres: starting\n', wide)).toBe('postgres: starting')
  expect(logLine('{"msg":1}', wide)).toBe('{"msg":1}')
})
