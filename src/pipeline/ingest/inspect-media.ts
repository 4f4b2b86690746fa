import type { MediaInfo } from '../../domain/media-info.ts'
import type { FileIdentity } from '../../library/file-hashes.store.ts'
import type { Media } from '../../media/create-media.ts'
import { findMediaFile } from './find-media-file.ts'
import { MediaNoStreams, MediaTooShort } from './ingest-errors.ts'

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
  const file = await findMediaFile(path)
  const info = await media.probe(file.path)
  if (!info.video && info.audio.length === 0) throw new MediaNoStreams(file.path, info.warnings)
  if (info.duration < LEAST_SECONDS) {
    throw new MediaTooShort(file.path, { duration: info.duration, least: LEAST_SECONDS })
  }
  return { info, file }
}
