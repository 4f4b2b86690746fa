import type { AppError, Evidence } from '../domain/app-error.ts'
import { NoSpace } from '../domain/no-space.ts'
import {
  DatabaseDamaged,
  DatabaseFolderUnusable,
  DatabaseLocked,
  DatabaseStartFailed,
  EmbeddedServerNotRunnable,
} from './database-errors.ts'

const NO_SPACE = /No space left on device|Check free disk space|Disk quota exceeded|File too large/i
const HELD = /lock file "[^"]*postmaster\.pid" (already exists|is empty)/
/** The last client of the server before us removed its socket folder between our look and our start. */
const FOLDER_GONE = /could not create lock file "[^"]*\.s\.PGSQL[^"]*": No such file/
const HELD_BY_REMAINS = /pre-existing shared memory block/
/** initdb's; of a container that is run with any number as its user. */
const NAMELESS = /could not look up effective user ID/
const NOT_RUNNABLE = /error while loading shared libraries|symbol lookup error|GLIBC_/
const NOT_OURS = /has wrong ownership|has invalid permissions|Permission denied|Operation not permitted/
const DAMAGED =
  /PANIC:|database files are incompatible|required WAL directory|pg_control|pg_filenode|is not a (valid|database)|invalid checkpoint|could not locate|incorrect checksum|invalid page|could not read (file|block)|could not open (file|directory) "(base|global|pg_|postgresql\.conf)|could not access (the server configuration|file|status)|contains errors|could not load|subdirectory .* is missing|bogus data in lock file/

/** Whether a server gave up because another client was faster, up or down: not a failure, look again. */
export function isHeldByAnother(log: string): boolean {
  return HELD.test(log) || FOLDER_GONE.test(log)
}

interface StartFailureOptions {
  folder: string
  evidence: Evidence
  /** Nothing was stored yet, so nothing can be damaged. */
  isNew?: boolean
}

/**
 * Names the reason why the server (or initdb) ended while it started, from what it said; its messages are in English
 * because we start it with LC_ALL=C.
 */
export function startFailure({ folder, evidence, isNew = false }: StartFailureOptions): AppError {
  const said = evidence.output ?? ''
  if (NO_SPACE.test(said)) return new NoSpace({ folder, evidence })
  if (HELD_BY_REMAINS.test(said)) {
    return new DatabaseLocked({ folder, reason: 'processes of an earlier server are still at work on it', evidence })
  }
  if (NAMELESS.test(said)) {
    return new EmbeddedServerNotRunnable('it needs a user with a name, a line in /etc/passwd', { evidence })
  }
  if (NOT_RUNNABLE.test(said)) return new EmbeddedServerNotRunnable(lastLine(said), { evidence })
  if (NOT_OURS.test(said)) return new DatabaseFolderUnusable({ folder, reason: reasonIn(said), evidence })
  if (!isNew && DAMAGED.test(said)) return new DatabaseDamaged({ folder, reason: reasonIn(said), evidence })
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
