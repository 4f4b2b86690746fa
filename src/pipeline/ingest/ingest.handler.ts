import type { Transaction } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { findFileHash, saveFileHash } from '../../library/file-hashes.store.ts'
import { getRecording, saveRecording } from '../../library/recordings.store.ts'
import { sha256OfFile } from '../../media/sha256-of-file.ts'
import { contentHash } from '../content-hash.ts'
import { identifyFile } from '../source-file.ts'
import type { StepContext } from '../step-context.ts'
import { ingestOutput } from './ingest.job.ts'
import { inspectMedia } from './inspect-media.ts'

/** Raise when a probe of the same file could say something else. */
const version = 1

/** Takes a file in where it lies: looks at what it is, hashes it, and knows it again by its content. */
export async function handleIngest(context: StepContext): Promise<void> {
  const { settings, media, db, signal } = context
  context.report({ fraction: 0, message: 'looking at the file' })
  const { info, file: found } = await inspectMedia({ path: settings.path, media })
  const file = await identifyFile(found.path)
  const hash =
    (await findFileHash(db, file)) ??
    (await sha256OfFile(file.path, {
      signal,
      onProgress: (fraction) => context.report({ fraction, message: 'reading the file' }),
    }))
  const memoKey = contentHash({ kind: 'ingest', version, hash, tools: media.tools.fingerprint })
  const recording = { title: settings.title, path: file.path, contentHash: hash, info }
  const save = async (tx: Transaction<Tables>) => {
    await saveFileHash(tx, file, hash)
    return { recordingId: await saveRecording(tx, recording, 'cli') }
  }
  const isKept = async (output: unknown) => {
    const { recordingId } = ingestOutput.parse(output)
    return getRecording(db, recordingId).then(Boolean, () => false)
  }
  const touch = async (tx: Transaction<Tables>) => void (await save(tx))
  if (await context.reuse(memoKey, { check: isKept, also: touch })) return
  await context.finish(save, { memoKey })
}
