import { expect, test } from 'vitest'
import { isHeldByAnother, startFailure } from './start-failure.ts'

const codeFor = (output: string, isNew = false) =>
  startFailure({ folder: '/data/postgresql', evidence: { output }, isNew }).code

test.each([
  ['NO_SPACE', 'FATAL:  could not write lock file "postmaster.pid": No space left on device'],
  [
    'NO_SPACE',
    'FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes at block 10\nHINT:  Check free disk space.\nPANIC:  cannot abort transaction 1, it was already committed',
  ],
  ['DATABASE_DAMAGED', 'PANIC:  could not read file "global/pg_control": read 100 of 296'],
  ['DATABASE_DAMAGED', 'FATAL:  database files are incompatible with server'],
  ['DATABASE_DAMAGED', 'FATAL:  required WAL directory "pg_wal" does not exist'],
  ['DATABASE_DAMAGED', 'PANIC:  could not locate a valid checkpoint record at 0/1738E48'],
  [
    'DATABASE_DAMAGED',
    'postgres: could not access the server configuration file "/proc/self/cwd/postgresql.conf": No such file or directory',
  ],
  ['DATABASE_LOCKED', 'FATAL:  pre-existing shared memory block (key 16039949, ID 4) is still in use'],
  ['DATABASE_FOLDER_UNUSABLE', 'FATAL:  data directory "/data/postgresql/cluster" has wrong ownership'],
  ['EMBEDDED_SERVER_NOT_RUNNABLE', 'initdb: error: could not look up effective user ID 54321: user does not exist'],
  [
    'EMBEDDED_SERVER_NOT_RUNNABLE',
    'postgres: error while loading shared libraries: libstdc++.so.6: cannot open shared object file: No such file or directory',
  ],
  ['DATABASE_START_FAILED', 'FATAL:  could not create any Unix-domain sockets'],
  ['DATABASE_START_FAILED', ''],
])('%s: %s', (code, said) => {
  expect(codeFor(said)).toBe(code)
})

test('what is being made can not be damaged', () => {
  expect(codeFor('PANIC:  cannot abort transaction 1, it was already committed', true)).toBe('DATABASE_START_FAILED')
})

test("the reason is the server's own sentence", () => {
  const output =
    '2026-11-22 05:00:24.350 UTC [22572] LOG:  database system was shut down\n2026-11-22 05:00:24.351 UTC [22566] PANIC:  could not read file "global/pg_control": read 100 of 296'
  expect(startFailure({ folder: '/data', evidence: { output } }).message).toBe(
    'The database in /data is damaged: could not read file "global/pg_control": read 100 of 296.',
  )
})

test.each([
  'FATAL:  lock file "postmaster.pid" already exists\nHINT:  Is another postmaster (PID 22566) running in data directory "/proc/self/cwd"?',
  'FATAL:  lock file "postmaster.pid" is empty',
  'FATAL:  could not create lock file "/tmp/clipwright-0-4d6781024c/.s.PGSQL.5432.lock": No such file or directory',
])('another one was faster: %s', (said) => {
  expect(isHeldByAnother(said)).toBe(true)
})

test('a folder that may not be written to is not held by another', () => {
  expect(isHeldByAnother('FATAL:  could not create lock file "postmaster.pid": Permission denied')).toBe(false)
})
