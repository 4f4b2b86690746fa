import type { AppError, Evidence } from '../domain/app-error.ts'
import { MAJOR_VERSION } from './cluster.ts'
import {
  DatabaseDamaged,
  DatabaseFolderUnusable,
  DatabaseLocked,
  DatabaseStartFailed,
  DatabaseVersionUnsupported,
  EmbeddedServerNotRunnable,
  MAJOR_VERSION_HINT,
  NoSpace,
} from './database-errors.ts'

const NO_SPACE = /No space left on device|Disk quota exceeded|File too large/i
const HELD = /lock file "[^"]*postmaster\.pid" already exists/
/** The last client of the server before us removed its socket folder between our look and our start. */
const FOLDER_GONE = /could not create lock file "[^"]*\.s\.PGSQL[^"]*": No such file/
const HELD_BY_REMAINS = /pre-existing shared memory block/
const NOT_RUNNABLE =
  /error while loading shared libraries|could not look up effective user ID|symbol lookup error|GLIBC_/
const WRONG_VERSION = /database files are incompatible with server|was initialized by PostgreSQL version/
const NOT_OURS = /has wrong ownership|has invalid permissions|Permission denied|Operation not permitted/
const DAMAGED =
  /PANIC:|pg_control|pg_filenode|is not a (valid|database)|invalid checkpoint|could not locate|incorrect checksum|invalid page|could not read (file|block)|could not open (file|directory) "(base|global|pg_|postgresql\.conf)|could not access (the server configuration|file|status)|contains errors|could not load|subdirectory .* is missing|bogus data in lock file/

/** Whether a server gave up because another client was faster, up or down: not a failure, look again. */
export function isHeldByAnother(log: string): boolean {
  return HELD.test(log) || FOLDER_GONE.test(log)
}

/**
 * Names the reason why the server (or initdb) ended while it started, from what it said; its messages are in English
 * because we start it with LC_ALL=C.
 */
export function startFailure({ folder, evidence }: { folder: string; evidence: Evidence }): AppError {
  const said = evidence.output ?? ''
  if (NO_SPACE.test(said)) return new NoSpace({ folder, evidence })
  if (WRONG_VERSION.test(said)) {
    return new DatabaseVersionUnsupported({
      where: folder,
      found: 'another version',
      needed: MAJOR_VERSION,
      hint: MAJOR_VERSION_HINT,
    })
  }
  if (HELD_BY_REMAINS.test(said)) {
    return new DatabaseLocked({ folder, reason: 'processes of an earlier server are still at work on it', evidence })
  }
  if (NOT_RUNNABLE.test(said)) return new EmbeddedServerNotRunnable(lastLine(said), { evidence })
  if (NOT_OURS.test(said)) return new DatabaseFolderUnusable({ folder, reason: reasonIn(said), evidence })
  if (DAMAGED.test(said)) return new DatabaseDamaged({ folder, reason: reasonIn(said), evidence })
  return new DatabaseStartFailed({ folder, evidence })
}

/** The server's own sentence: `2026-… UTC [12] PANIC:  could not read …` → `could not read …` */
function reasonIn(said: string): string {
  const line = said.split('\n').find((each) => /(PANIC|FATAL|error):/.test(each)) ?? lastLine(said)
  return line.replace(/^.*?(PANIC|FATAL|error):\s*/, '')
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? ''
}
