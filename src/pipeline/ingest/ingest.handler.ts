import type { Transaction } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { AppError } from '../../domain/app-error.ts'
import { findFileHash, saveFileHash } from '../../library/file-hashes.store.ts'
import { getRecording, saveRecording } from '../../library/recordings.store.ts'
import { saveSourceNotes } from '../../library/source-notes.store.ts'
import { sha256OfFile } from '../../media/sha256-of-file.ts'
import { contentHash } from '../content-hash.ts'
import type { StepContext } from '../engine/step-context.ts'
import { identifyFile } from '../source-file.ts'
import type { Downloader, FetchedRecording } from './downloader.ts'
import { fetchLink } from './fetch-link.ts'
import { ingestOutput } from './ingest.job.ts'
import { type InspectedMedia, inspectMedia } from './inspect-media.ts'

/** Raise when a probe of the same file could say something else. */
const version = 1

/**
 * Takes a recording in: brings it here when it is a link, else leaves it where it lies; looks at what it is, hashes it, and
 * knows it again by its content.
 */
export async function handleIngest(context: StepContext, { downloader }: { downloader: Downloader }): Promise<void> {
  const { settings, media, db, signal } = context
  const fetched = await fetchLink(context, downloader)
  context.report({ fraction: 0, message: 'looking at the file' })
  const { info, file: found } = await inspect(context, { fetched, downloader })
  const file = await identifyFile(found.path)
  const hash =
    fetched?.sha256 ??
    (await findFileHash(db, file)) ??
    (await sha256OfFile(file.path, {
      signal,
      onProgress: (fraction) => context.report({ fraction, message: 'reading the file' }),
    }))
  const memoKey = contentHash({ kind: 'ingest', version, hash, tools: media.tools.fingerprint })
  const recording = {
    title: fetched === null ? settings.title : titleOf([fetched.title, info.title, fetched.name, settings.title]),
    path: file.path,
    contentHash: hash,
    info: { ...info, warnings: [...info.warnings, ...(fetched?.warnings ?? [])] },
  }
  const save = async (tx: Transaction<Tables>) => {
    await saveFileHash(tx, file, hash)
    const recordingId = await saveRecording(tx, recording, context.run.createdBy)
    if (fetched) await saveSourceNotes(tx, { recordingId, duration: info.duration, notes: fetched.notes })
    return { recordingId }
  }
  const isKept = async (output: unknown) => {
    const { recordingId } = ingestOutput.parse(output)
    return getRecording(db, recordingId).then(Boolean, () => false)
  }
  const touch = async (tx: Transaction<Tables>) => void (await save(tx))
  if (await context.reuse(memoKey, { check: isKept, also: touch })) return
  await context.finish(save, { memoKey })
}

const longestTitle = 300

/** The first that says something; what strangers wrote is made one line of sensible length. */
function titleOf(titles: readonly (string | null | undefined)[]): string {
  const lines = titles.map((title) => (title ?? '').replace(/[\p{C}\s]+/gu, ' ').trim())
  return Array.from(lines.find((line) => line !== '') ?? 'recording')
    .slice(0, longestTitle)
    .join('')
}

interface Inspecting {
  fetched: FetchedRecording | null
  downloader: Downloader
}

/** What was downloaded and turns out to be no recording would only take room. */
async function inspect(context: StepContext, { fetched, downloader }: Inspecting): Promise<InspectedMedia> {
  const { settings, media } = context
  try {
    return await inspectMedia({ path: settings.path, media })
  } catch (error) {
    if (fetched && error instanceof AppError && error.retry === 'never') await downloader.discard(settings.path)
    throw error
  }
}
