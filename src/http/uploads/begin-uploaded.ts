import { join } from 'node:path'
import { lockUnfinishedRuns } from '../../library/runs.store.ts'
import { findUpload, setBegun, type Upload } from '../../library/uploads.store.ts'
import { hasEnded } from '../../observability/this-process.ts'
import { contentHash } from '../../pipeline/content-hash.ts'
import { QueueFull } from '../../pipeline/control/queue-room.ts'
import { safeFileName } from '../../pipeline/ingest/safe-file-name.ts'
import type { RunSettings } from '../../pipeline/run-settings.ts'
import { runChoices, settleChoices } from '../runs/run-choices.ts'
import { getRunDefaults } from '../settings/run-defaults.ts'
import type { UploadDesk } from './upload-desk.ts'

/**
 * Begins the run of a recording that is whole, once. The same content with the same wishes that is being worked on has its run already. Null while
 * the queue is full: it is tried again by itself.
 */
export async function beginUploaded(desk: UploadDesk, upload: Upload): Promise<string | null> {
  const { db, pipeline } = desk
  const { id, transcriptId } = upload
  const settings = await settingsOf(desk, upload)
  const same = await lockUnfinishedRuns(db, contentHash(settings))
  const working = same.find(({ owner }) => owner !== null && !hasEnded(owner))
  if (working !== undefined) {
    await db.transaction().execute((tx) => setBegun(tx, { id, runId: working.id, transcriptId }))
    return working.id
  }
  try {
    const { runId } = await pipeline.beginRun(settings, {
      by: upload.owner ?? 'http',
      also: async (tx, newRun) => {
        if (!(await setBegun(tx, { id, runId: newRun, transcriptId }))) throw new BegunAlready()
      },
    })
    return runId
  } catch (error) {
    if (error instanceof QueueFull) return null
    if (error instanceof BegunAlready) return (await findUpload(db, id))?.runId ?? null
    throw error
  }
}

/** Takes the second of two runs of one upload back. */
class BegunAlready extends Error {}

async function settingsOf({ db, dataFolder }: UploadDesk, upload: Upload): Promise<RunSettings> {
  const { path, contentHash: hash, title, transcriptId } = upload
  if (path === null || hash === null) throw new Error(`upload ${upload.id} is not whole`)
  const transcript = transcriptId === null ? null : await findUpload(db, transcriptId)
  // Two recordings can have one name; each has its own folder of clips.
  const folder = `${safeFileName(title) || 'recording'} ${hash.slice(0, 8)}`
  return {
    ...settleChoices(runChoices.parse(upload.settings), await getRunDefaults(db)),
    path,
    title,
    transcriptPath: transcript?.path ?? null,
    out: join(dataFolder, 'clips', folder),
  }
}
