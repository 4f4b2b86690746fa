import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Tables } from '../../../database/tables.ts'
import { AppError } from '../../../domain/app-error.ts'
import type { MediaInfo } from '../../../domain/media-info.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import type { TranscriptDocument } from '../../../domain/transcript.ts'
import type { Recording } from '../../../library/recordings.store.ts'
import { listTranscriptVersions, requireStillCurrent } from '../../../library/transcript-versions.store.ts'
import { saveTranscript } from '../../../library/transcripts.store.ts'
import type { Media } from '../../../media/create-media.ts'
import { contentHash } from '../../content-hash.ts'
import { goOnWithTranscript } from '../../engine/go-on-waiting.ts'
import { locateSource } from '../../source-file.ts'
import { findWordTimes } from '../align/find-word-times.ts'
import type { SpeechSynthesiser } from '../align/speech-synthesiser.ts'
import { readOwnTranscript } from '../exports/read-own-transcript.ts'
import { decodeText } from '../formats/decode-text.ts'
import { parseTranscript } from '../formats/parse-transcript.ts'
import { languageOfFileName } from '../language-of-file-name.ts'
import { toTranscript } from '../obtain-transcript.ts'
import type { TranscriptFile } from '../read-transcript-file.ts'
import type { CueDocument } from '../transcriber.ts'
import { sayChosen } from './say-chosen.ts'
import { settleEdited } from './settle-edited.ts'
import { TranscriptOfAnotherRecording, TranscriptWouldBeEmpty } from './version-errors.ts'

/** There is a transcript already, and nobody said that it may be replaced. */
export class TranscriptExists extends AppError {
  readonly code = 'TRANSCRIPT_EXISTS'
  constructor({ version, isChosen }: { version: number; isChosen: boolean }) {
    const what = isChosen ? ', which was corrected or chosen by hand' : ''
    super(`There is a transcript already: version ${version}${what}.`, {
      hint: 'Say that the file replaces it (--replace): version after version is kept, and `clipwright transcript use` goes back.',
    })
  }
}

export interface TranscriptToImport {
  recording: Recording
  /** Its name says what kind it is, and its language: `talk.en.srt`. */
  name: string
  file: TranscriptFile
  /** Also where there is a transcript already. */
  replace: boolean
  /** An account's id, or `cli`. */
  by: string
  signal: AbortSignal
}

/** What finds out when the words of a file are said. */
export interface WordTiming {
  openMedia: (signal: AbortSignal) => Promise<Media>
  /** Stretches without sound, in seconds. */
  findSilences: (request: { path: string; info: MediaInfo; media: Media }) => Promise<TimeRange[]>
  findSynthesiser: () => Promise<SpeechSynthesiser | null>
}

export interface ImportedTranscript {
  version: number
  document: TranscriptDocument
  /** Runs that waited for it, and go on now. */
  runIds: string[]
}

/**
 * Makes a file the current version of a recording's transcript, and lets runs that waited for it go on: both or neither.
 * @throws TranscriptExists | TranscriptUnreadable | TranscriptDoesNotFit | TranscriptOfAnotherRecording | TranscriptWouldBeEmpty | TranscriptChanged
 */
export async function importTranscript(
  db: Kysely<Tables>,
  asked: TranscriptToImport,
  timing: WordTiming,
): Promise<ImportedTranscript> {
  const { recording, name, file, replace, by } = asked
  const { id: recordingId, duration } = recording
  const [current] = (await listTranscriptVersions(db, recordingId)).filter((one) => one.current)
  if (current && current.segments > 0 && !replace) throw new TranscriptExists(current)
  const document = await readDocument(db, asked, timing)
  if (document.segments.length === 0) throw new TranscriptWouldBeEmpty()
  const edit = { basedOn: null, note: `imported from ${name}` }
  const noted = { ...document, warnings: [...document.warnings, sayChosen(edit.note)] }
  const { language, segments } = document
  const fingerprint = contentHash({ kind: 'import', file: file.fingerprint, language, segments })
  const runIds = await db.transaction().execute(async (tx) => {
    await requireStillCurrent(tx, { recordingId, id: current?.id ?? null })
    const source = file.fingerprint
    await saveTranscript(tx, { recordingId, duration, fingerprint, document: noted, by, source, edit })
    return goOnWithTranscript(tx, recordingId)
  })
  const versions = await listTranscriptVersions(db, recordingId)
  return { version: versions.find((one) => one.current)?.version ?? 0, document, runIds }
}

async function readDocument(
  db: Kysely<Tables>,
  { recording, name, file, signal }: TranscriptToImport,
  timing: WordTiming,
): Promise<TranscriptDocument> {
  const own = readOwnTranscript(decodeText(file.bytes, name).text)
  const origin = { kind: 'given' as const, name, format: null }
  const { duration } = recording
  if (own !== null) {
    const isOther = own.recording.hash !== recording.contentHash && Math.abs(own.recording.duration - duration) > 1
    if (isOther) throw new TranscriptOfAnotherRecording(name)
    const segments = settleEdited(own.segments, duration)
    return { origin: { ...origin, format: 'clipwright' }, language: own.language, segments, warnings: [] }
  }
  const parsed = parseTranscript(file.bytes, { name, language: languageOfFileName(name) })
  const document = { ...parsed, origin: { ...origin, format: parsed.format } }
  if (!document.cues.some(({ words }) => words === null)) return toTranscript(document, { duration })
  return timeWords(db, { recording, document, signal }, timing)
}

async function timeWords(
  db: Kysely<Tables>,
  { recording, document, signal }: Pick<TranscriptToImport, 'recording' | 'signal'> & { document: CueDocument },
  { openMedia, findSilences, findSynthesiser }: WordTiming,
): Promise<TranscriptDocument> {
  const { info, duration } = recording
  const media = await openMedia(signal)
  const path = await locateSource(db, recording)
  const silences = await findSilences({ media, path, info })
  const synthesiser = await findSynthesiser()
  if (synthesiser === null) return toTranscript(document, { duration, silences })
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-words-'))
  try {
    const request = { document, silences, path, info, media, synthesiser, folder, signal }
    return toTranscript(await findWordTimes({ ...request, onProgress: () => undefined }), { duration, silences })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
