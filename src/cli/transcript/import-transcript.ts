import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import type { Kysely } from 'kysely'
import { findWordTimeVoice, languageOfFileName } from '../../compose.ts'
import { loadSettings } from '../../config/load-settings.ts'
import type { Tables } from '../../database/tables.ts'
import { AppError } from '../../domain/app-error.ts'
import type { TranscriptDocument } from '../../domain/transcript.ts'
import type { Recording } from '../../library/recordings.store.ts'
import { listTranscriptVersions, requireStillCurrent } from '../../library/transcript-versions.store.ts'
import { saveTranscript } from '../../library/transcripts.store.ts'
import { createMedia } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { measureLoudness } from '../../pipeline/analyze/measure-loudness.ts'
import { contentHash } from '../../pipeline/content-hash.ts'
import { locateSource } from '../../pipeline/source-file.ts'
import { findWordTimes } from '../../pipeline/transcribe/align/find-word-times.ts'
import { readOwnTranscript } from '../../pipeline/transcribe/exports/read-own-transcript.ts'
import { decodeText } from '../../pipeline/transcribe/formats/decode-text.ts'
import { parseTranscript } from '../../pipeline/transcribe/formats/parse-transcript.ts'
import { toTranscript } from '../../pipeline/transcribe/obtain-transcript.ts'
import { readTranscriptFile, type TranscriptFile } from '../../pipeline/transcribe/read-transcript-file.ts'
import { sayChosen } from '../../pipeline/transcribe/versions/say-chosen.ts'
import { settleEdited } from '../../pipeline/transcribe/versions/settle-edited.ts'
import {
  TranscriptOfAnotherRecording,
  TranscriptWouldBeEmpty,
} from '../../pipeline/transcribe/versions/version-errors.ts'

/** There is a transcript already, and nobody said that it may be replaced. */
export class TranscriptExists extends AppError {
  readonly code = 'TRANSCRIPT_EXISTS'
  constructor({ version, isChosen }: { version: number; isChosen: boolean }) {
    const what = isChosen ? ', which was corrected or chosen by hand' : ''
    super(`There is a transcript already: version ${version}${what}.`, {
      hint: 'Add --replace to use the file instead; version after version is kept, and `clipwright transcript use` goes back.',
    })
  }
}

interface Importing {
  recording: Recording
  path: string
  replace: boolean
  signal: AbortSignal
}

/**
 * Makes a file the current version of a recording's transcript. Returns its number, and sentences about what was skipped or mended.
 * @throws TranscriptExists | TranscriptUnreadable | TranscriptDoesNotFit | TranscriptOfAnotherRecording | TranscriptWouldBeEmpty
 */
export async function importTranscript(
  db: Kysely<Tables>,
  { recording, path, replace, signal }: Importing,
): Promise<{ version: number; document: TranscriptDocument }> {
  const file = await readTranscriptFile(resolve(path), signal)
  const [current] = (await listTranscriptVersions(db, recording.id)).filter((one) => one.current)
  if (current && current.segments > 0 && !replace) throw new TranscriptExists(current)
  const document = await readDocument(db, { recording, path, file, signal })
  if (document.segments.length === 0) throw new TranscriptWouldBeEmpty()
  const { id: recordingId, duration } = recording
  const note = `imported from ${basename(path)}`
  const noted = { ...document, warnings: [...document.warnings, sayChosen(note)] }
  const fingerprint = contentHash({ kind: 'import', file: file.fingerprint, segments: document.segments })
  await db.transaction().execute(async (tx) => {
    await requireStillCurrent(tx, { recordingId, id: current?.id ?? null })
    const edit = { basedOn: null, note: `imported from ${basename(path)}` }
    await saveTranscript(tx, {
      recordingId,
      duration,
      fingerprint,
      document: noted,
      by: 'cli',
      source: file.fingerprint,
      edit,
    })
  })
  const versions = await listTranscriptVersions(db, recordingId)
  return { version: versions.find((one) => one.current)?.version ?? 0, document }
}

interface Reading {
  recording: Recording
  path: string
  file: TranscriptFile
  signal: AbortSignal
}

async function readDocument(
  db: Kysely<Tables>,
  { recording, path, file, signal }: Reading,
): Promise<TranscriptDocument> {
  const name = basename(path)
  const own = readOwnTranscript(decodeText(file.bytes, name).text)
  const origin = { kind: 'given' as const, name, format: null }
  if (own !== null) {
    const isOther =
      own.recording.hash !== recording.contentHash && Math.abs(own.recording.duration - recording.duration) > 1
    if (isOther) throw new TranscriptOfAnotherRecording(name)
    const segments = settleEdited(own.segments, recording.duration)
    return { origin: { ...origin, format: 'clipwright' }, language: own.language, segments, warnings: [] }
  }
  const parsed = parseTranscript(file.bytes, { name, language: languageOfFileName(path) })
  const document = { ...parsed, origin: { ...origin, format: parsed.format } }
  const { info, duration } = recording
  if (!document.cues.some(({ words }) => words === null)) return toTranscript(document, { duration })
  const settings = loadSettings()
  const media = createMedia({ tools: await findMediaTools(settings, { signal }), signal })
  const place = await locateSource(db, recording)
  const { silences } = await measureLoudness({ media, path: place, info })
  const synthesiser = await findWordTimeVoice(settings.ESPEAK_PATH)
  if (synthesiser === null) return toTranscript(document, { duration, silences })
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-words-'))
  try {
    const request = { document, silences, path: place, info, media, synthesiser, folder, signal }
    return toTranscript(await findWordTimes({ ...request, onProgress: () => undefined }), { duration, silences })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
