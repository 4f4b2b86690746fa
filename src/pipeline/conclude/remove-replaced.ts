import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256OfFile } from '../../media/sha256-of-file.ts'
import type { MomentsDocument } from './moments-document.ts'
import { nameClipFiles } from './name-files.ts'

/** Removes the clips an earlier run put into the folder that this run does not have. One a person has changed since stays. */
export async function removeReplaced(folder: string, earlier: MomentsDocument, now: MomentsDocument): Promise<void> {
  const kept = new Set(now.moments.map(({ clip }) => clip.file))
  for (const { rank, title, clip } of earlier.moments) {
    if (clip.status !== 'done' || kept.has(clip.file)) continue
    const names = nameClipFiles(rank, title, clip.draft)
    // The document may have been edited: only a name we would give ourselves is one we may remove.
    if (clip.file !== names.mp4) continue
    const hash = await sha256OfFile(join(folder, names.mp4)).catch(() => null)
    if (hash !== clip.sha256) continue
    for (const name of [names.mp4, names.jpg, names.srt, names.vtt]) await rm(join(folder, name), { force: true })
  }
}
