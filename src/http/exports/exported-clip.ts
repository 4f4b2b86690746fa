import type { MediaInfo } from '../../domain/media-info.ts'
import type { MadeVersion } from '../../library/clip-history.store.ts'
import type { ListedClip } from '../../library/listed-clips.store.ts'
import type { Recording } from '../../library/recordings.store.ts'
import type { MediaTools } from '../../media/media-tools.ts'
import type { ExportedMoment } from '../../pipeline/conclude/exports/clip-stem.ts'
import type { EditList } from '../../pipeline/conclude/exports/edit-list.ts'
import { planEditLists } from '../../pipeline/conclude/exports/plan-edit-lists.ts'
import { readStartTimecode } from '../../pipeline/conclude/exports/read-start-timecode.ts'
import { writeEdl } from '../../pipeline/conclude/exports/write-edl.ts'
import { writeFcpxml } from '../../pipeline/conclude/exports/write-fcpxml.ts'
import { writeOtio } from '../../pipeline/conclude/exports/write-otio.ts'
import { renderingReport } from '../../pipeline/rendering-files.ts'

/** Timelines that are written for editors, and how. */
export const timelineWriters = { edl: writeEdl, fcpxml: writeFcpxml, otio: writeOtio } as const
export const timelineFormats = ['edl', 'fcpxml', 'otio'] as const

/** A clip as editors are told of it: what its file really plays. */
export function exportedClip(clip: ListedClip, { edit, rendering }: MadeVersion): ExportedMoment {
  const opening = renderingReport.safeParse(rendering?.report).data?.opening?.seconds ?? 0
  const ranges = edit.ranges.map(({ start, end }, i) => ({ start: i === 0 ? start + opening : start, end }))
  const { moment } = clip
  return {
    rank: moment?.rank ?? 1,
    start: moment?.start ?? Math.min(...ranges.map(({ start }) => start)),
    end: moment?.end ?? Math.max(...ranges.map(({ end }) => end)),
    score: moment?.score ?? 0,
    title: clip.title,
    reasons: moment?.reasons ?? [],
    clip: { status: 'done', ranges, edit: { title: edit.title ?? null } },
  }
}

interface Exporting {
  recording: Recording
  moments: readonly ExportedMoment[]
  tools: MediaTools
  signal: AbortSignal
}

/** The recording with its moments marked, then each clip. @throws when `signal` says so */
export async function timelinesOf({
  recording,
  moments,
  tools,
  signal,
}: Exporting): Promise<{ stem: string; list: EditList }[]> {
  const startTimecode = await readStartTimecode(recording.path, { tools, signal })
  const info: MediaInfo = recording.info
  return planEditLists({
    document: { recording: { name: recording.title, path: recording.path }, moments },
    info,
    startTimecode,
  })
}
