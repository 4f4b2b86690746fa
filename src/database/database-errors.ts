import { AppError, type Evidence, type Retry } from '../domain/app-error.ts'

/** No embedded PostgreSQL server for this platform, or npm left the optional package out. */
export class EmbeddedServerMissing extends AppError {
  readonly code = 'EMBEDDED_SERVER_MISSING'
  constructor({ platform, reason, cause }: { platform: string; reason?: string; cause?: unknown }) {
    super(`There is no embedded PostgreSQL server for this machine (${reason ?? platform}).`, {
      hint: 'Install again without --omit=optional, or set DATABASE_URL to a PostgreSQL server of yours.',
      cause,
    })
  }
}

/** The server's program is there, but this system does not let us run it as it has to be run. */
export class EmbeddedServerNotRunnable extends AppError {
  readonly code = 'EMBEDDED_SERVER_NOT_RUNNABLE'
  constructor(reason: string, { evidence, cause }: { evidence?: Evidence; cause?: unknown } = {}) {
    super(`The embedded PostgreSQL server can't be run: ${reason}.`, {
      hint: 'Run Clipwright as an ordinary user with a name on this system, or set DATABASE_URL to a PostgreSQL server of yours.',
      cause,
      ...(evidence && { evidence }),
    })
  }
}

/** What is stored can't be used as it is. Nothing is ever deleted or overwritten because of this. */
export class DatabaseDamaged extends AppError {
  readonly code = 'DATABASE_DAMAGED'
  constructor({ folder, reason, evidence }: { folder: string; reason: string; evidence?: Evidence }) {
    super(`The database in ${folder} is damaged: ${reason}.`, {
      hint: `Nothing was deleted. Restore ${folder} from a backup, or move it away (mv '${folder}' '${folder}.damaged') and start again with an empty database.`,
      ...(evidence && { evidence }),
    })
  }
}

/** Someone else holds the database folder, and we can't join them. */
export class DatabaseLocked extends AppError {
  readonly code = 'DATABASE_LOCKED'
  override readonly retry: Retry = 'later'
  constructor({
    folder,
    reason,
    hint,
    evidence,
  }: { folder: string; reason: string; hint?: string; evidence?: Evidence }) {
    super(`The database in ${folder} is in use: ${reason}.`, {
      hint: hint ?? 'Stop the other program, or choose another folder with --data.',
      ...(evidence && { evidence }),
    })
  }
}

export class DatabaseStartTimeout extends AppError {
  readonly code = 'DATABASE_START_TIMEOUT'
  override readonly retry: Retry = 'later'
  constructor({ folder, seconds, evidence }: { folder: string; seconds: number; evidence?: Evidence }) {
    super(`The embedded database in ${folder} was not ready after ${seconds} s.`, {
      hint: 'It may still be recovering after a crash, or the machine is very busy: try again in a minute.',
      ...(evidence && { evidence }),
    })
  }
}

/** The server ended while it started, for a reason this version has no better name for; its log is the evidence. */
export class DatabaseStartFailed extends AppError {
  readonly code = 'DATABASE_START_FAILED'
  override readonly retry: Retry = 'later'
  constructor({ folder, evidence }: { folder: string; evidence: Evidence }) {
    super(`The embedded database in ${folder} did not start.`, {
      hint: 'The last lines of its log are below; DATABASE_URL can point at a server of yours meanwhile.',
      evidence,
    })
  }
}

/** The database folder exists, but the server's user may not use it. */
export class DatabaseFolderUnusable extends AppError {
  readonly code = 'DATABASE_FOLDER_UNUSABLE'
  constructor({
    folder,
    reason,
    evidence,
    cause,
  }: { folder: string; reason: string; evidence?: Evidence; cause?: unknown }) {
    super(`The database folder ${folder} can't be used: ${reason}.`, {
      hint: 'Choose a folder on a local disk that belongs to you with --data, or set DATABASE_URL.',
      cause,
      ...(evidence && { evidence }),
    })
  }
}

/** No folder for the server's socket: all were too long, not writable or not ours. */
export class SocketFolderUnusable extends AppError {
  readonly code = 'SOCKET_FOLDER_UNUSABLE'
  constructor(reasons: string[]) {
    super(`There is no safe place for the database's socket: ${reasons.join('; ')}.`, {
      hint: 'Set TMPDIR to a short path (under 60 letters) where you may write.',
    })
  }
}

export const MAJOR_VERSION_HINT =
  'Open it with the version of Clipwright that made it, or choose another folder with --data.'

/** The server, or the stored data, is of a PostgreSQL version this program does not work with. */
export class DatabaseVersionUnsupported extends AppError {
  readonly code = 'DATABASE_VERSION'
  constructor({ where, found, needed, hint }: { where: string; found: string; needed: string; hint: string }) {
    super(`The database in ${where} is of PostgreSQL ${found}; this version of Clipwright needs ${needed}.`, { hint })
  }
}

/** DATABASE_URL names a server that did not let us in. `where` never holds the password. */
export class DatabaseUnreachable extends AppError {
  readonly code = 'DATABASE_UNREACHABLE'
  override readonly retry: Retry = 'later'
  constructor({ where, cause }: { where: string; cause: unknown }) {
    super(
      `The database at ${where} did not answer: ${cause instanceof Error ? cause.message || cause.name : String(cause)}.`,
      {
        hint: 'Check DATABASE_URL and that the server runs; without DATABASE_URL the embedded server is used.',
        cause,
      },
    )
  }
}
