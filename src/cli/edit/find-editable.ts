import { dirname, resolve } from 'node:path'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import { type ClipEditVersion, getClipEdits, listClipEdits } from '../../library/clip-edits.store.ts'
import { type FoundSubject, findSubjectOfRun } from '../../library/judged-subjects.store.ts'
import { getMoment, type StoredMoment } from '../../library/moments.store.ts'
import { getRecording, type Recording } from '../../library/recordings.store.ts'
import { findRunOfMoment, getRun } from '../../library/runs.store.ts'
import { type ClipChanges, type ClipEditEntry, clipChanges, entryFor } from '../../pipeline/clip-changes.ts'
import { readEarlierDocument } from '../../pipeline/conclude/out-folder.ts'
import { editLike } from '../../pipeline/cut/edit/edit-of-moment.ts'
import { type RunSettings, runSettings } from '../../pipeline/run-settings.ts'
import { ClipNotFound, findClip } from '../find-clip.ts'

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

/**
 * The clip a person means, by its file, by its folder or run with its rank (`talk-clips 3`, `talk-clips#3`).
 * @throws ClipNotFound
 */
export async function findEditable(db: Kysely<Tables>, name: string, rank?: string): Promise<Editable> {
  const full = rank === undefined ? name : `${name}#${rank}`
  const found = await findClip(db, full)
  const { runId, folder } = await runOf(db, { name: full, found })
  if (runId === null) throw new ClipNotFound(full)
  const run = await getRun(db, runId)
  if (run.detectionId === null || run.transcriptId === null) throw new ClipNotFound(full)
  const parsed = runSettings.parse(run.settings)
  const settings = { ...parsed, out: folder ?? parsed.out }
  const moment = await getMoment(db, run.detectionId, found.rank)
  const recording = { ...(await getRecording(db, found.recordingId)), path: settings.path, title: settings.title }
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

/** The run the clip is of, and the folder it is in where that is known. */
async function runOf(
  db: Kysely<Tables>,
  { name, found }: { name: string; found: FoundSubject },
): Promise<{ runId: string | null; folder: string | null }> {
  const ranked = /^(.+)#[1-9]\d{0,3}$/s.exec(name)?.[1]
  if (z.uuid().safeParse(ranked).success) return { runId: ranked ?? null, folder: null }
  const folder = ranked === undefined ? dirname(resolve(name)) : resolve(ranked)
  const runId = (await readEarlierDocument(folder))?.run.id
  // A clip may have been moved into the folder of another run.
  const isOfIt =
    runId !== undefined && (await findSubjectOfRun(db, { runId, rank: found.rank }))?.momentId === found.momentId
  if (isOfIt) return { runId, folder }
  return { runId: found.momentId === null ? null : await findRunOfMoment(db, found.momentId), folder: null }
}
