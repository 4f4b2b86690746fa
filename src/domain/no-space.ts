import { dirname } from 'node:path'
import { AppError, type Evidence } from './app-error.ts'

interface NoSpaceOptions {
  /** Where something was to be written, if that is known. */
  folder?: string | undefined
  cause?: unknown
  evidence?: Evidence
}

/** The disk, or what this user may use of it, is full. */
export class NoSpace extends AppError {
  readonly code = 'NO_SPACE'
  override readonly retry = 'later'
  constructor({ folder, cause, evidence }: NoSpaceOptions = {}) {
    super(folder === undefined ? 'The disk is full.' : `The disk is full: there is no room left in ${folder}.`, {
      hint: 'Free some space and give the same command again; what was finished is kept. --out and --data choose folders on another disk.',
      cause,
      ...(evidence && { evidence }),
    })
  }
}

/** ENOSPC and EDQUOT are the file system's, 53100 (disk_full) is PostgreSQL's. */
const codes = new Set(['ENOSPC', 'EDQUOT', '53100'])

/** NoSpace where the file system or the database says so in its own words; anything else as it is. */
export function asNoSpace(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !codes.has(String(error.code))) return error
  return new NoSpace({ folder: folderIn(error), cause: error })
}

/** Of a copy, the side that is written. A file's own name may be one that nobody knows but us. */
function folderIn(error: Error): string | undefined {
  if ('dest' in error && typeof error.dest === 'string') return dirname(error.dest)
  return 'path' in error && typeof error.path === 'string' ? dirname(error.path) : undefined
}
