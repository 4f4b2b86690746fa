import type { Kysely } from 'kysely'
import type { Tables } from '../../../database/tables.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import { type ClipEditVersion, getClipEdits, listClipEdits } from '../../../library/clip-edits.store.ts'
import { getMoment, type StoredMoment } from '../../../library/moments.store.ts'
import { getRecording, type Recording } from '../../../library/recordings.store.ts'
import { getRun } from '../../../library/runs.store.ts'
import { type ClipChanges, type ClipEditEntry, clipChanges, entryFor } from '../../clip-changes.ts'
import { RunUnfinished } from '../../engine/begin-again.ts'
import { type RunSettings, runSettings } from '../../run-settings.ts'
import { editLike } from './edit-of-moment.ts'

/** A clip with all that is needed to make it once more. */
export interface Editable {
  runId: string
  transcriptId: string
  /** Of that run, with the folder its clips are in now. */
  settings: RunSettings
  recording: Recording
  moment: StoredMoment
  /** What the clip is known by. */
  span: TimeRange
  /** What was changed about it until now. */
  changes: ClipChanges
  /** The same as it was stored, oldest first. */
  versions: ClipEditVersion[]
  /** What the run's edits file says about it; it stands before what is stored. */
  given: ClipEditEntry | null
}

interface ClipOfRun {
  recordingId: string
  runId: string
  /** Of its moment. */
  rank: number
  /** The clips are in another one than the run was told. */
  folder?: string | null
}

/** The clip of a moment that a run found. @throws RunUnfinished */
export async function getEditable(
  db: Kysely<Tables>,
  { recordingId, runId, rank, folder }: ClipOfRun,
): Promise<Editable> {
  const run = await getRun(db, runId)
  if (run.detectionId === null || run.transcriptId === null) throw new RunUnfinished()
  const parsed = runSettings.parse(run.settings)
  const settings = { ...parsed, out: folder ?? parsed.out }
  const moment = await getMoment(db, run.detectionId, rank)
  const recording = { ...(await getRecording(db, recordingId)), path: settings.path, title: settings.title }
  const own = { start: moment.start, end: moment.end }
  const span = editLike(await getClipEdits(db, recording.id), own)?.span ?? own
  const versions = await listClipEdits(db, { recordingId: recording.id, span })
  const given = entryFor(settings.edits ?? [], own)
  const changes = given ? changesOf(given) : clipChanges.parse(versions.at(-1)?.changes ?? {})
  return { runId, transcriptId: run.transcriptId, settings, recording, moment, span, changes, versions, given }
}

function changesOf({ start: _start, end: _end, ...changes }: ClipEditEntry): ClipChanges {
  return changes
}
