import { realpath, rm } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { AppError } from '../../domain/app-error.ts'
import {
  deleteRecording,
  getUnfinishedRunsOf,
  type LeftOnDisk,
  lockRecording,
} from '../../library/delete-recording.store.ts'
import { saveEvent } from '../../library/events.store.ts'
import { getRecording } from '../../library/recordings.store.ts'
import { readEarlierDocument } from '../../pipeline/conclude/out-folder.ts'
import { downloadsFolder, uploadsFolder } from '../../pipeline/ingest/place-of-link.ts'
import { renderingFiles } from '../../pipeline/rendering-files.ts'
import type { HttpParts } from '../app.ts'

export class RecordingInUse extends AppError {
  readonly code = 'RECORDING_IN_USE'
  override readonly retry = 'later' as const
  constructor() {
    super('The recording is being worked on.', { hint: 'Wait until its runs have ended, or add ?cancel=true.' })
  }
}

interface Deleting {
  id: string
  /** Ends its runs first; else a recording that is worked on is kept. */
  cancel: boolean
  by: string
}

/**
 * Deletes a recording with all that was made of it: rows, clips, and the files that are ours. A file that a person named by its path stays where it
 * is. The rows go first: a crash in between leaves files nobody needs, never a clip without its file. @throws RecordingNotFound | RecordingInUse
 */
export async function removeRecording({ pipeline, logger }: HttpParts, { id, cancel, by }: Deleting): Promise<void> {
  const db = pipeline.database.kysely
  await getRecording(db, id)
  if (cancel) for (const runId of await getUnfinishedRunsOf(db, id)) await pipeline.cancelRun(runId)
  const left = await db.transaction().execute(async (tx) => {
    await lockRecording(tx, id)
    if ((await getUnfinishedRunsOf(tx, id)).length > 0) throw new RecordingInUse()
    const found = await deleteRecording(tx, id)
    await saveEvent(tx, {
      severity: 'info',
      component: 'http',
      name: 'recording.deleted',
      message: `“${found.title}” and ${found.renderingKeys.length} renderings of it were deleted.`,
      data: { recordingId: id, by },
    })
    return found
  })
  for (const path of await ownPlaces(pipeline.dataFolder, left)) {
    // What can't be removed is nobody's any more, and takes room: that is for the log, the recording is gone.
    await rm(path, { recursive: true, force: true }).catch((err: unknown) =>
      logger.warn({ err, path }, 'could not be removed'),
    )
  }
}

/** Files and folders in the data folder that were this recording's alone. */
async function ownPlaces(dataFolder: string, left: LeftOnDisk): Promise<string[]> {
  const root = await realpath(dataFolder)
  const [downloads, uploads, clips] = [downloadsFolder, uploadsFolder, 'clips'].map((name) => join(root, name))
  const renderings = left.renderingKeys.flatMap((key) => Object.values(renderingFiles(root, key)))
  const sources = []
  for (const path of left.paths) {
    const place = await realPlace(path)
    // Every link has a folder of its own.
    if (downloads !== undefined && isIn(downloads, dirname(place))) sources.push(dirname(place))
    if (uploads !== undefined && isIn(uploads, place)) sources.push(place)
  }
  const folders = []
  for (const folder of left.folders) {
    const place = await realPlace(folder)
    const isOfIt = (await readEarlierDocument(place))?.recording.hash === left.contentHash
    if (clips !== undefined && isIn(clips, place) && isOfIt) folders.push(place)
  }
  return [...renderings, ...sources, ...folders]
}

/** Where it really lies; a link itself is not followed: what it leads to is a person's. */
async function realPlace(path: string): Promise<string> {
  return join(await realpath(dirname(path)).catch(() => dirname(path)), basename(path))
}

function isIn(folder: string, path: string): boolean {
  return path.startsWith(folder + sep)
}
