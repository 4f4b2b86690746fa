import type { Kysely } from 'kysely'
import type { Tables } from '../../../database/tables.ts'
import { AppError } from '../../../domain/app-error.ts'
import type { TranscriptVersion } from '../../../domain/transcript.ts'
import type { Recording } from '../../../library/recordings.store.ts'
import { listTranscriptVersions } from '../../../library/transcript-versions.store.ts'
import { getTranscript, type Transcript } from '../../../library/transcripts.store.ts'

/** A recording without a transcript, or without that version of it. */
export class TranscriptVersionNotFound extends AppError {
  readonly code = 'TRANSCRIPT_VERSION_NOT_FOUND'
  constructor({ title, version, newest }: { title: string; version: number | null; newest: number | null }) {
    super(
      newest === null
        ? `There is no transcript of ${title} yet.`
        : `There is no version ${version} of the transcript of ${title}; the newest is ${newest}.`,
      { hint: 'clipwright transcript versions lists them; clipwright transcript import adds one.' },
    )
  }
}

/** A transcript of a recording: the version asked for, else the current one. @throws TranscriptVersionNotFound */
export async function pickTranscript(
  db: Kysely<Tables>,
  { recording, version }: { recording: Recording; version: number | null },
): Promise<Transcript> {
  return getTranscript(db, (await pickVersion(db, { recording, version })).id)
}

/** As `pickTranscript`, without the text. */
export async function pickVersion(
  db: Kysely<Tables>,
  { recording, version }: { recording: Recording; version: number | null },
): Promise<TranscriptVersion> {
  const versions = await listTranscriptVersions(db, recording.id)
  const found = versions.find((one) => (version === null ? one.current : one.version === version))
  if (found) return found
  throw new TranscriptVersionNotFound({ title: recording.title, version, newest: versions[0]?.version ?? null })
}
