import { constants, type Stats } from 'node:fs'
import { access, realpath, stat } from 'node:fs/promises'
import type { MediaInfo } from '../../domain/media-info.ts'
import type { FileIdentity } from '../../library/file-hashes.store.ts'
import type { Media } from '../../media/create-media.ts'
import { MediaEmpty, MediaNoStreams, MediaNotFound, MediaTooShort } from './ingest-errors.ts'

export interface InspectedMedia {
  info: MediaInfo
  /** Its path is absolute, with symbolic links followed. */
  file: FileIdentity
}

/** Below this there is nothing to make a clip of. */
const LEAST_SECONDS = 1

/**
 * Looks at a local file before anything is done with it: that it is one, what is in it, and that it makes sense.
 * @throws MediaNotFound | MediaEmpty | MediaNoStreams | MediaTooShort, and what `media.probe` throws: MediaUnreadable,
 *   MediaNotAllowed, MediaPictureTooLarge
 */
export async function inspectMedia({ path, media }: { path: string; media: Media }): Promise<InspectedMedia> {
  const file = await identify(path)
  if (file.sizeBytes === 0) throw new MediaEmpty(file.path)
  const info = await media.probe(file.path)
  if (!info.video && info.audio.length === 0) throw new MediaNoStreams(file.path, info.warnings)
  if (info.duration < LEAST_SECONDS) {
    throw new MediaTooShort(file.path, { duration: info.duration, least: LEAST_SECONDS })
  }
  return { info, file }
}

async function identify(path: string): Promise<FileIdentity> {
  const { followed, found } = await lookAt(path)
  // Pipes, devices and sockets could block for ever, or be opened only once.
  if (!found.isFile()) {
    throw new MediaNotFound(path, {
      reason: found.isDirectory() ? 'is a folder, not a file' : 'is not an ordinary file',
    })
  }
  try {
    await access(followed, constants.R_OK)
  } catch (cause) {
    throw new MediaNotFound(path, { reason: 'may not be read', cause })
  }
  const { size, mtimeMs, ino, dev } = found
  return { path: followed, sizeBytes: size, modifiedMs: mtimeMs, inode: `${dev}:${ino}` }
}

async function lookAt(path: string): Promise<{ followed: string; found: Stats }> {
  try {
    const followed = await realpath(path)
    return { followed, found: await stat(followed) }
  } catch (cause) {
    throw new MediaNotFound(path, { reason: 'was not found', cause })
  }
}
