import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { AppError } from '../../domain/app-error.ts'
import { listClipEdits } from '../../library/clip-edits.store.ts'
import { findEditRunsUnderWay, lockClip } from '../../library/clip-history.store.ts'
import { findSubjectOfClip } from '../../library/judged-subjects.store.ts'
import { getListedClip } from '../../library/listed-clips.store.ts'
import { findRunOfMoment } from '../../library/runs.store.ts'
import { OutFolderBusy, takeOutFolder } from '../../pipeline/conclude/out-folder.ts'
import { demandRoom } from '../../pipeline/control/queue-room.ts'
import { type Editable, getEditable } from '../../pipeline/cut/edit/editable-clip.ts'
import { type PlannedChange, planChange, settingsWithout, storeChange } from '../../pipeline/cut/edit/plan-change.ts'
import type { PlannedEdit } from '../../pipeline/cut/edit/plan-edit.ts'
import { beginAgain, RunUnfinished } from '../../pipeline/engine/begin-again.ts'
import { guessLanguage } from '../../pipeline/transcribe/align/guess-language.ts'
import type { HttpParts } from '../app.ts'
import { NotFound } from '../problem.ts'

export class ClipChanged extends AppError {
  readonly code = 'CLIP_CHANGED'
  constructor() {
    super('Somebody has edited this clip since it was looked at. Nothing was changed.', {
      hint: 'Look at it again (GET /api/v1/clips/ID/edit), and send the edit with its `version`.',
    })
  }
}

/** What a clip is known by to whoever edits it: the id of its newest edit, 0 where there is none. */
export function versionOf({ versions }: Pick<Editable, 'versions'>): number {
  return versions.at(-1)?.id ?? 0
}

/** @throws ClipNotFound | NotFound | RunUnfinished */
export async function findEditableClip(db: Kysely<Tables>, clipId: string): Promise<Editable> {
  await getListedClip(db, clipId)
  const subject = await findSubjectOfClip(db, clipId)
  if (subject?.momentId == null) throw new NotFound('The moment the clip was made of')
  const { recordingId, momentId, rank } = subject
  const runId = await findRunOfMoment(db, momentId)
  if (runId === null) throw new RunUnfinished()
  return getEditable(db, { recordingId, runId, rank })
}

interface Editing {
  clipId: string
  /** What the person looked at, where they say so. */
  lookedAt: number | undefined
  by: string
  signal: AbortSignal
  /** What is to be stored, by what is there. Words that are not said are refused where it is strict. */
  change: (clip: Editable) => PlannedChange & { strict?: boolean }
}

export interface EditBegun {
  /** That makes the clip. */
  runId: string
  version: number
  plan: PlannedEdit['edit']
}

/**
 * Changes a clip and begins the run that makes it. All that can be wrong with the edit is found before anything is stored; edit and run are stored
 * together. A run that an edit of the same recording's clips began before ends: this one makes those, too.
 * @throws ClipNotFound | ClipChanged | EditUnusable | NothingToUndo | RunUnfinished | QueueFull | OutFolderBusy
 */
export async function editClip({ pipeline, settings }: HttpParts, editing: Editing): Promise<EditBegun> {
  const { clipId, by } = editing
  const db = pipeline.database.kysely
  const { clip, change, plan } = await planEditing({ pipeline }, editing)
  await demandRoom(db, settings.MAX_QUEUE_SIZE)
  await demandFolder(clip)
  let version = 0
  const runId = await beginAgain(db, {
    queue: pipeline.queue,
    of: clip.runId,
    settings: { ...settingsWithout(clip.given, clip.settings), editOf: clipId },
    by,
    also: async (tx) => {
      await lockClip(tx, clipId)
      const found = { recordingId: clip.recording.id, span: clip.span }
      if (versionOf({ versions: await listClipEdits(tx, found) }) !== versionOf(clip)) throw new ClipChanged()
      await storeChange(tx, { clip, change, by })
      version = versionOf({ versions: await listClipEdits(tx, found) })
    },
  })
  for (const earlier of await findEditRunsUnderWay(db, { detectionOf: runId, butFor: runId }))
    await pipeline.cancelRun(earlier)
  return { runId, version, plan: plan.edit }
}

/** What an edit would make of a clip; nothing is stored. @throws what `editClip` does of it */
export async function planEditing(
  { pipeline }: Pick<HttpParts, 'pipeline'>,
  { clipId, lookedAt, signal, change: asked }: Omit<Editing, 'by'>,
): Promise<{ clip: Editable; change: PlannedChange; plan: PlannedEdit }> {
  const db = pipeline.database.kysely
  const clip = await findEditableClip(db, clipId)
  if (lookedAt !== undefined && lookedAt !== versionOf(clip)) throw new ClipChanged()
  const { strict = false, ...change } = asked(clip)
  const { tools } = pipeline
  const plan = await planChange({ db, tools, clip, changes: change.changes, guessLanguage, signal, strict })
  return { clip, change, plan }
}

/** That no command is at work in the folder of its clips, and that it is of this recording. @throws OutFolderBusy | OutFolderTaken */
async function demandFolder({ settings, recording }: Editable): Promise<void> {
  try {
    await (await takeOutFolder(settings.out, recording.path))[Symbol.asyncDispose]()
  } catch (error) {
    // Another edit that looks at the same moment.
    if (!(error instanceof OutFolderBusy && error.pid === process.pid)) throw error
  }
}
