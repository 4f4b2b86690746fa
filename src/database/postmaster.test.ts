import { expect, test } from 'vitest'
import { parsePostmaster } from './postmaster.ts'

const ready =
  '22566\n/proc/self/cwd\n1795323624\n5432\n/tmp/clipwright-65534-4d6781024c\n\n 16039949         4\nready   \n'

test('a running server', () => {
  expect(parsePostmaster(ready)).toEqual({
    pid: 22566,
    port: 5432,
    socketFolder: '/tmp/clipwright-65534-4d6781024c',
    status: 'ready',
  })
})

test.each(['starting', 'stopping'] as const)('a server that is %s', (status) => {
  expect(parsePostmaster(ready.replace('ready   ', status))?.status).toBe(status)
})

test('one whose first lines are written only', () => {
  expect(parsePostmaster('22566\n/proc/self/cwd\n1795323624\n5432\n\n')).toEqual({
    pid: 22566,
    port: 5432,
    socketFolder: undefined,
    status: 'unknown',
  })
})

test.each(['', '\n', '-22566\n/data\n', 'abc\n', '0\n', '1e3\n', '99999999999\n'])('not a server: %j', (text) => {
  expect(parsePostmaster(text)).toBeUndefined()
})
