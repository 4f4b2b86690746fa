/** Of the file system's codes, what they mean to a person; completes "… can't be used: …". */
const reasons: Record<string, { read: string; write: string }> = {
  ENOENT: { read: 'it is not there', write: 'no folder can be made there' },
  EACCES: { read: 'you may not read it', write: 'you may not write there' },
  EPERM: { read: 'you may not read it', write: 'you may not write there' },
  EROFS: both('its disk is read-only'),
  ENOSPC: both('its disk is full'),
  EDQUOT: both('your share of its disk is full'),
  ENOTDIR: both('a part of the path is a file'),
  EEXIST: both('it is a file'),
  EISDIR: both('it is a folder'),
  ENAMETOOLONG: both('the path is too long'),
  ELOOP: both('its links lead in a circle'),
  EIO: both('its disk reports an error'),
}

/** Why reading or writing a file failed, as the end of a sentence without a full stop; the system's own words where we have none. */
export function sayFileError(cause: unknown, doing: 'read' | 'write'): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return reasons[code]?.[doing] ?? (cause instanceof Error ? cause.message : String(cause))
}

function both(reason: string): { read: string; write: string } {
  return { read: reason, write: reason }
}
