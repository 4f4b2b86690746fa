import type { Kysely } from 'kysely'
import type { Tables } from '../../../database/tables.ts'
import type { Segment } from '../../../domain/transcript.ts'
import type { Recording } from '../../../library/recordings.store.ts'
import { listTranscriptVersions, requireStillCurrent } from '../../../library/transcript-versions.store.ts'
import { saveTranscript, type Transcript } from '../../../library/transcripts.store.ts'
import { contentHash } from '../../content-hash.ts'
import { sayChosen, withoutChosen } from './say-chosen.ts'
import { settleEdited } from './settle-edited.ts'

interface Correction {
  recording: Recording
  /** The current version, which is corrected. */
  base: Transcript
  segments: readonly Segment[]
  /** e.g. `"Jon" became "John" 3 times`. */
  note: string
  /** Who corrects. */
  by: string
}

/**
 * Saves corrected segments as a new version that later runs keep, and makes it current. Returns its number.
 * @throws TranscriptWouldBeEmpty | TranscriptChanged when somebody was faster
 */
export async function saveCorrection(
  db: Kysely<Tables>,
  { recording, base, segments, note, by }: Correction,
): Promise<number> {
  const { duration, id: recordingId } = recording
  const settled = settleEdited(segments, duration)
  const sources = await listTranscriptVersions(db, recordingId)
  const source = sources.find(({ id }) => id === base.id)?.source ?? null
  const name = base.origin.name.replace(/, corrected by hand$/, '')
  const document = {
    origin: { ...base.origin, name: `${name}, corrected by hand` },
    language: base.language,
    segments: settled,
    warnings: [...withoutChosen(base.warnings), sayChosen(note)],
  }
  const fingerprint = contentHash({ kind: 'correction', basedOn: base.fingerprint, segments: settled })
  await db.transaction().execute(async (tx) => {
    await requireStillCurrent(tx, { recordingId, id: base.id })
    const edit = { basedOn: base.id, note }
    await saveTranscript(tx, { recordingId, duration, fingerprint, document, by, source, edit })
  })
  const versions = await listTranscriptVersions(db, recordingId)
  return versions.find(({ current }) => current)?.version ?? 0
}
