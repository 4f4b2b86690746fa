import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { MediaInfo } from '../../domain/media-info.ts'
import type { TimeRange } from '../../domain/time-range.ts'
import { findChosenTranscript } from '../../library/transcript-versions.store.ts'
import { hasTranscript, makeCurrent, saveTranscript } from '../../library/transcripts.store.ts'
import type { Media } from '../../media/create-media.ts'
import { contentHash } from '../content-hash.ts'
import type { StepContext } from '../engine/step-context.ts'
import { recordingOf } from '../recording-of.ts'
import { readSource } from '../source-file.ts'
import { findWordTimes, wordTimesFingerprint } from './align/find-word-times.ts'
import type { SpeechSynthesiser } from './align/speech-synthesiser.ts'
import { findTranscript, toTranscript } from './obtain-transcript.ts'
import { transcribeOutput } from './transcribe.job.ts'
import type { Transcriber, WayToWords } from './transcriber.ts'
import { TranscriptMissing } from './transcript-errors.ts'

/** Raise when the same source could become other words, times or sentences. */
const version = 1

interface Dependencies {
  /** Best first. */
  transcribers: (media: Media) => Transcriber[]
  /** Stretches without sound, in seconds: no word whose time has to be estimated is put there. */
  findSilences: (request: { path: string; info: MediaInfo; media: Media }) => Promise<TimeRange[]>
  /** Names what could give the recording words here and now: another name, and it is worth looking again. */
  wayToWords: WayToWords
  /** What says words so that they can be found in the sound; null when there is none, and word times stay estimates. */
  findSynthesiser: () => Promise<SpeechSynthesiser | null>
}

/** Reads the transcript that exists, or waits for one. There is no step in which words are made up. */
export async function handleTranscribe(
  context: StepContext,
  { transcribers, findSilences, findSynthesiser, wayToWords }: Dependencies,
): Promise<void> {
  const { db, media, settings, signal } = context
  const stored = await recordingOf(context)
  const recording = {
    path: stored.path,
    hash: stored.contentHash,
    info: stored.info,
    givenTranscript: settings.transcriptPath,
  }
  const chosen = settings.withoutWords ? null : await findChosenTranscript(db, stored.id)
  if (chosen !== null && recording.givenTranscript === null) return useChosen(context, chosen)
  // Before it is looked for: what comes meanwhile is then another way, and tried.
  const way = await wayToWords(recording)
  const source = await findTranscript({ transcribers: transcribers(media), recording, signal }).catch(unlessMissing)
  if (source instanceof TranscriptMissing) return context.waitForTranscript({ error: source, way })
  if (chosen !== null && chosen.source === source.fingerprint) return useChosen(context, chosen)
  const synthesiser = await findSynthesiser()
  const memoKey = contentHash({
    kind: 'transcribe',
    version,
    recording: stored.contentHash,
    source: source.fingerprint,
    tools: media.tools.fingerprint,
    ...(synthesiser === null ? {} : { wordTimes: wordTimesFingerprint(synthesiser) }),
  })
  const known = (output: unknown) => ({ id: transcribeOutput.parse(output).transcriptId, recordingId: stored.id })
  const isKept = (output: unknown) => hasTranscript(db, known(output))
  const use = async (tx: Kysely<Tables>, output: unknown): Promise<void> => {
    if (!settings.withoutWords) await makeCurrent(tx, known(output))
  }
  if (await context.reuse(memoKey, { check: isKept, also: use })) return
  const { document, silences } = await readSource(db, stored, async (path) => {
    // Whoever listens has come far by now; a file has not said a word.
    let reached = 0.1
    const read = await source.read({
      signal,
      onProgress: (progress) => {
        reached = Math.max(reached, progress.fraction)
        context.report(progress)
      },
    })
    const needsEstimates = read.cues.some(({ words }) => words === null)
    if (!needsEstimates) return { document: read, silences: [] }
    context.report({ fraction: reached, message: 'placing words between silences' })
    const silences = await findSilences({ path, info: stored.info, media })
    if (synthesiser === null) return { document: read, silences }
    const document = await findWordTimes({
      ...{ document: read, silences, path, info: stored.info, media, synthesiser, signal },
      folder: await context.workFolder(),
      onProgress: ({ fraction, message }) =>
        context.report({ fraction: reached + (0.98 - reached) * fraction, message }),
    })
    return { document, silences }
  })
  const transcript = toTranscript(document, { duration: stored.duration, silences })
  await context.finish(
    async (tx) => ({
      transcriptId: await saveTranscript(tx, {
        recordingId: stored.id,
        duration: stored.duration,
        fingerprint: memoKey,
        document:
          chosen === null ? transcript : { ...transcript, warnings: [...transcript.warnings, sayReplaced(chosen)] },
        by: context.run.createdBy,
        source: source.fingerprint,
        asCurrent: settings.withoutWords !== true,
      }),
    }),
    { memoKey },
  )
}

function unlessMissing(error: unknown): TranscriptMissing {
  if (error instanceof TranscriptMissing) return error
  throw error
}

type Chosen = NonNullable<Awaited<ReturnType<typeof findChosenTranscript>>>

/** What a person corrected, imported or chose is never replaced by what a run would find. */
async function useChosen(context: StepContext, { id, version, note }: Chosen): Promise<void> {
  context.report({
    fraction: 1,
    message: `using version ${version} of the transcript${note === null ? '' : `: ${note}`}`,
  })
  await context.finish(async () => ({ transcriptId: id }))
}

function sayReplaced({ version }: Chosen): string {
  return `The file that was given is used, instead of version ${version} of the transcript, which was chosen by hand; \`clipwright transcript use\` goes back to it.`
}
