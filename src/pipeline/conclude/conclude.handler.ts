import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { bestDetector } from '../../domain/best-detector.ts'
import type { MediaInfo } from '../../domain/media-info.ts'
import type { Detector } from '../../domain/moment.ts'
import { saveEvent } from '../../library/events.store.ts'
import { getDetection } from '../../library/moments.store.ts'
import { getStepsOfRun } from '../../library/steps.store.ts'
import { getTranscript } from '../../library/transcripts.store.ts'
import type { StepContext } from '../engine/step-context.ts'
import { pinOf, recordingOf } from '../recording-of.ts'
import { writeChapterFiles } from './chapter-files.ts'
import { deliverClip } from './deliver-clip.ts'
import { readStartTimecode } from './exports/read-start-timecode.ts'
import { removeReplacedExports, writeExports } from './exports/write-exports.ts'
import type { MomentsDocument } from './moments-document.ts'
import { documentName, readEarlierDocument, reportName } from './out-folder.ts'
import { removeReplaced } from './remove-replaced.ts'
import { writeReport } from './report/write-report.ts'
import { sayUnusedEdits } from './unused-edits.ts'
import { removeUnfinished, writeBeside } from './write-beside.ts'
import { writeMomentsDocument } from './write-moments-document.ts'

// Under this share of the clips that should be there, someone should look.
const leastCompleteness = 0.9

/** Puts the clips, the report and the document into the folder a person opens, and says how well the run went. */
export async function handleConclude(context: StepContext, { detector }: { detector: Detector }): Promise<void> {
  const { out } = context.settings
  context.report({ fraction: 0, message: 'writing the report' })
  // A command has made it and keeps others out; a run that was begun by the server finds none.
  await mkdir(out, { recursive: true })
  const earlier = await readEarlierDocument(out)
  await removeUnfinished(out)
  const { document: described, info, excerpts } = await describeRun(context, detector)
  const document = { ...described, exports: await exportFor(context, { document: described, info }) }
  if (earlier) {
    await removeReplaced(out, earlier, document)
    await removeReplacedExports(out, { earlier, now: document.exports })
  }
  await writeChapterFiles(out, document, (earlier?.chapters.length ?? 0) > 0)
  await writeBeside(join(out, reportName), writeReport(document, { transcriptExcerpts: excerpts }))
  await writeBeside(join(out, documentName), `${JSON.stringify(document, null, 2)}\n`)
  const completeness = completenessOf(document)
  await context.finish(async (tx) => {
    if (completeness < leastCompleteness) await saveEvent(tx, incompleteEvent(context, document))
    return { documentPath: join(out, documentName), completeness }
  })
}

async function exportFor(
  { settings, media, signal }: StepContext,
  { document, info }: { document: MomentsDocument; info: MediaInfo },
): Promise<string[]> {
  const formats = settings.exports ?? []
  if (formats.length === 0) return []
  const startTimecode = await readStartTimecode(document.recording.path, { tools: media.tools, signal })
  return writeExports({ folder: settings.out, document, info, startTimecode, formats })
}

async function describeRun(context: StepContext, detector: Detector) {
  const { db, settings, run } = context
  const recording = await recordingOf(context)
  const detection = await getDetection(db, pinOf(context, 'detectionId'))
  const transcript = await getTranscript(db, pinOf(context, 'transcriptId'))
  const steps = await getStepsOfRun(db, run.id)
  const moments = []
  for (const moment of detection.moments) moments.push({ moment, clip: await deliverClip(context, moment, steps) })
  const { video } = recording.info
  const document = writeMomentsDocument({
    recording: {
      name: recording.title,
      path: recording.path,
      duration: recording.duration,
      hash: recording.contentHash,
      video: video && { width: video.width, height: video.height },
    },
    run: {
      id: run.id,
      mode: settings.mode,
      query: settings.query ?? null,
      platform: settings.platform ?? null,
      count: settings.count,
      min: settings.minSeconds,
      max: settings.maxSeconds,
      aspect: settings.aspect,
      captions: settings.captions,
      draft: settings.draft ?? false,
    },
    // What a run was begun with may have been out of reach: the moments say who found them.
    detector: bestDetector(detection.moments) ?? detector,
    transcript: { ...transcript, segments: transcript.segments.length },
    detection,
    moments,
    warnings: [
      ...recording.info.warnings,
      ...(detection.notes ?? []),
      ...(settings.draft ? [draftNote] : []),
      ...sayUnusedEdits(settings.edits ?? [], detection.moments),
    ],
  })
  const excerpts = new Map(
    detection.moments.map(({ rank, firstSegment, lastSegment }) => [
      rank,
      transcript.segments
        .slice(firstSegment, lastSegment + 1)
        .map(({ start, speaker, text }) => ({ start, speaker, text })),
    ]),
  )
  return { document, info: recording.info, excerpts }
}

const draftNote =
  'These are drafts, small and quickly made. The same command without --draft makes the clips; only the cutting is done again.'

function completenessOf({ moments }: MomentsDocument): number {
  if (moments.length === 0) return 1
  return moments.filter(({ clip }) => clip.status === 'done').length / moments.length
}

function incompleteEvent({ run }: StepContext, { moments }: MomentsDocument) {
  const failed = moments.filter(({ clip }) => clip.status === 'failed')
  return {
    severity: 'warn' as const,
    component: 'conclude',
    name: 'run.incomplete',
    message: `${failed.length} of ${moments.length} clips failed.`,
    data: { failed: failed.map(({ rank, clip }) => ({ rank, code: clip.error?.code })) },
    runId: run.id,
    ...(run.recordingId === null ? {} : { recordingId: run.recordingId }),
  }
}
