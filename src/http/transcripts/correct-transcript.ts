import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { getRecording } from '../../library/recordings.store.ts'
import { TranscriptChanged } from '../../library/transcript-versions.store.ts'
import type { Transcript } from '../../library/transcripts.store.ts'
import { pickTranscript } from '../../pipeline/transcribe/versions/pick-version.ts'
import { renameSpeakers } from '../../pipeline/transcribe/versions/rename-speakers.ts'
import { replacePhrase } from '../../pipeline/transcribe/versions/replace-phrase.ts'
import { saveCorrection } from '../../pipeline/transcribe/versions/save-correction.ts'
import type { AskedCorrection } from './transcripts.schema.ts'

/**
 * Makes a corrected version the current one. @throws RecordingNotFound | TranscriptVersionNotFound | PhraseNotFound | SpeakerUnknown
 * | TranscriptWouldBeEmpty | TranscriptChanged
 */
export async function correctTranscript(
  db: Kysely<Tables>,
  { recordingId, asked, by }: { recordingId: string; asked: AskedCorrection; by: string },
): Promise<{ version: number; note: string }> {
  const recording = await getRecording(db, recordingId)
  const base = await pickTranscript(db, { recording, version: null })
  if (asked.version !== undefined && asked.version !== base.version) throw new TranscriptChanged()
  const { segments, note } = corrected(base, asked)
  return { version: await saveCorrection(db, { recording, base, segments, note, by }), note }
}

function corrected(base: Transcript, asked: AskedCorrection) {
  if ('speaker' in asked) {
    const segments = renameSpeakers(base.segments, new Map([[asked.speaker, asked.name]]))
    return { segments, note: `${asked.speaker} is ${asked.name}` }
  }
  const { find, replacement } = asked
  const { language } = base
  const { segments, count } = replacePhrase({ segments: base.segments, find, replacement, language })
  const times = count === 1 ? 'once' : `${count} times`
  const what = replacement.trim() === '' ? 'was removed' : `became "${replacement}"`
  return { segments, note: `"${find}" ${what} ${times}` }
}
