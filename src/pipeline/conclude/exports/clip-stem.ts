import type { Reason } from '../../../domain/moment.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import { nameClipFiles } from '../name-files.ts'

/** As much of a moment and its clip as editors are told; seconds of the recording. */
export interface ExportedMoment extends TimeRange {
  rank: number
  score: number
  title: string
  reasons: readonly Reason[]
  clip: {
    status: 'done' | 'failed'
    ranges: readonly TimeRange[]
    edit?: { title: string | null } | null | undefined
    draft?: boolean
  }
}

/** What a clip is called: by whoever edited it, else by its moment. */
export function clipTitle({ title, clip }: Pick<ExportedMoment, 'title' | 'clip'>): string {
  return clip.edit?.title ?? title
}

/** Name of a clip's files without ending. Made anew, not read from the document, which may have been edited. */
export function clipStem(moment: Pick<ExportedMoment, 'rank' | 'title' | 'clip'>): string {
  const isDraft = moment.clip.status === 'done' && moment.clip.draft === true
  return nameClipFiles(moment.rank, clipTitle(moment), isDraft).mp4.replace(/\.mp4$/, '')
}
