import { join } from 'node:path'
import type { ErrorRecord } from '../../domain/app-error.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import { getClipVersion } from '../../library/clips.store.ts'
import type { StoredMoment } from '../../library/moments.store.ts'
import { findRendering } from '../../library/renderings.store.ts'
import type { Step } from '../../library/steps.store.ts'
import { cutOutput } from '../cut/cut.job.ts'
import type { StepContext } from '../engine/step-context.ts'
import { renderingFiles, renderingReport } from '../rendering-files.ts'
import { describeEdit } from './describe-edit.ts'
import { nameClipFiles } from './name-files.ts'
import { copyBeside } from './write-beside.ts'
import type { ClipResult } from './write-moments-document.ts'

/** Copies the finished clip of a moment into the folder, or says why there is none. */
export async function deliverClip(context: StepContext, moment: StoredMoment, steps: Step[]): Promise<ClipResult> {
  const { db, settings, dataFolder } = context
  const stepOf = (kind: Step['kind']) => steps.find((step) => step.kind === kind && step.subject === moment.rank)
  const cut = stepOf('cut')
  if (cut?.status !== 'done') return notMade(moment, cut?.error ?? stepOf('reframe')?.error ?? unexplained)

  const { clipVersionId, renderingKey } = cutOutput.parse(cut.output)
  const version = await getClipVersion(db, clipVersionId)
  const rendering = await findRendering(db, renderingKey)
  if (!rendering) throw new Error(`rendering ${renderingKey} is not recorded`)
  const names = nameClipFiles(moment.rank, version.edit.title ?? moment.title, settings.draft)
  const files = renderingFiles(dataFolder, renderingKey)
  for (const ending of ['jpg', 'srt', 'vtt', 'mp4'] as const) {
    await copyBeside(files[ending], join(settings.out, names[ending]))
  }
  const report = renderingReport.parse(rendering.report)
  return {
    status: 'done',
    version: version.version,
    ranges: openedAt(version.edit.ranges, report.opening),
    framing: version.framing.scenes,
    reused: cut.reused,
    edit: describeEdit(version.edit),
    file: names.mp4,
    thumbnail: names.jpg,
    srt: names.srt,
    vtt: names.vtt,
    width: rendering.width,
    height: rendering.height,
    duration: rendering.duration,
    startsAt: report.startsAt,
    sizeBytes: rendering.sizeBytes,
    loudness: report.loudness,
    draft: settings.draft ?? false,
    fastPath: report.fastPath,
    warnings: report.warnings,
    sha256: rendering.sha256,
  }
}

/** What is really played, where the clip begins with another picture than was asked. */
function openedAt(ranges: readonly TimeRange[], opening: { seconds: number } | null): TimeRange[] {
  return ranges.map(({ start, end }, i) => ({ start: i === 0 ? start + (opening?.seconds ?? 0) : start, end }))
}

function notMade({ start, end }: StoredMoment, error: ErrorRecord): ClipResult {
  return { status: 'failed', version: 1, ranges: [{ start, end }], framing: [], reused: false, error }
}

const unexplained: ErrorRecord = { code: 'UNEXPECTED', message: 'The clip was not made.', retry: 'later' }
