import type { DocumentedMoment } from '../moments-document.ts'
import { nameClipFiles } from '../name-files.ts'

/** What a clip is called: by whoever edited it, else by its moment. */
export function clipTitle({ title, clip }: DocumentedMoment): string {
  return clip.edit?.title ?? title
}

/** Name of a clip's files without ending. Made anew, not read from the document, which may have been edited. */
export function clipStem(moment: DocumentedMoment): string {
  const isDraft = moment.clip.status === 'done' && moment.clip.draft
  return nameClipFiles(moment.rank, clipTitle(moment), isDraft).mp4.replace(/\.mp4$/, '')
}
