import { constants, type Stats } from 'node:fs'
import { access, realpath, stat } from 'node:fs/promises'
import type { FileIdentity } from '../../library/file-hashes.store.ts'
import { MediaEmpty, MediaNotFound } from './ingest-errors.ts'

/**
 * Finds a recording's file without opening it, with symbolic links followed: that it is there, an ordinary file, readable,
 * and not empty. @throws MediaNotFound | MediaEmpty
 */
export async function findMediaFile(path: string): Promise<FileIdentity> {
  const { followed, found } = await lookAt(path)
  // Pipes, devices and sockets could block for ever, or be opened only once.
  if (found.isDirectory()) throw new MediaNotFound(path, { trouble: 'folder' })
  if (!found.isFile()) throw new MediaNotFound(path, { trouble: 'no file' })
  try {
    await access(followed, constants.R_OK)
  } catch (cause) {
    throw new MediaNotFound(path, { trouble: 'denied', cause })
  }
  if (found.size === 0) throw new MediaEmpty(path)
  const { size, mtimeMs, ino, dev } = found
  return { path: followed, sizeBytes: size, modifiedMs: mtimeMs, inode: `${dev}:${ino}` }
}

async function lookAt(path: string): Promise<{ followed: string; found: Stats }> {
  try {
    const followed = await realpath(path)
    return { followed, found: await stat(followed) }
  } catch (cause) {
    const isDenied = cause instanceof Error && 'code' in cause && (cause.code === 'EACCES' || cause.code === 'EPERM')
    throw new MediaNotFound(path, { trouble: isDenied ? 'denied' : 'missing', cause })
  }
}
