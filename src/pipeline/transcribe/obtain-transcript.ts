import { basename } from 'node:path'
import { formatClock, type TimeRange } from '../../domain/time-range.ts'
import type { TranscriptDocument } from '../../domain/transcript.ts'
import { mendCues } from './cues/mend-cues.ts'
import { splitIntoSegments } from './split-into-segments.ts'
import type { CueDocument, ReadOptions, TranscribableRecording, Transcriber, TranscriptSource } from './transcriber.ts'
import { TranscriptMissing } from './transcript-errors.ts'
import { estimateWordTimes } from './words/estimate-word-times.ts'
import { settleWords } from './words/settle-words.ts'

interface FindOptions {
  /** In the order they are asked; the first that has something is taken. */
  transcribers: readonly Transcriber[]
  recording: TranscribableRecording
  signal: AbortSignal
}

interface ObtainOptions extends FindOptions, ReadOptions {
  /** Stretches without sound, in order, in seconds: no estimated word is put there. */
  silences?: readonly TimeRange[]
}

/** Share of the recording a transcript should reach; one that ends before is likely cut off, and worth a word. */
const leastCoverage = 0.5

/**
 * The transcript of a recording, from the first transcriber that has one.
 * @throws TranscriptMissing naming the ways out when none has; whatever the one that has it throws
 */
export async function obtainTranscript(options: ObtainOptions): Promise<TranscriptDocument> {
  const source = await findTranscript(options)
  return readTranscript({ ...options, source })
}

/**
 * Finds out where the transcript would come from, without reading it: its fingerprint tells whether it changed.
 * @throws TranscriptMissing
 */
export async function findTranscript({ transcribers, recording, signal }: FindOptions): Promise<TranscriptSource> {
  for (const transcriber of transcribers) {
    signal.throwIfAborted()
    const source = await transcriber.find(recording, { signal })
    if (source) return source
  }
  const waysOut = transcribers.map((transcriber) => transcriber.wayOut(recording)).filter((way) => way !== null)
  throw new TranscriptMissing({
    name: basename(recording.path),
    hasSound: recording.info.audio.length > 0,
    waysOut,
  })
}

/** Reads a source and makes timed segments of it. */
export async function readTranscript({
  source,
  recording,
  silences = [],
  ...options
}: Omit<ObtainOptions, 'transcribers'> & { source: TranscriptSource }): Promise<TranscriptDocument> {
  options.signal.throwIfAborted()
  const document = await source.read(options)
  options.signal.throwIfAborted()
  return toTranscript(document, { duration: recording.info.duration, silences })
}

/** Pure: raw cues to segments of timed words; every time lies inside the duration (seconds). */
export function toTranscript(
  { origin, language, cues, warnings }: CueDocument,
  { duration, silences = [] }: { duration: number; silences?: readonly TimeRange[] },
): TranscriptDocument {
  const mended = mendCues(cues, { duration, language, silences })
  const turns = mended.cues.map((cue) => ({
    speaker: cue.speaker,
    words: cue.words ?? estimateWordTimes(cue, { language, silences }),
  }))
  const settled = settleWords(turns, duration)
  const segments = splitIntoSegments(settled.turns, { language })
  const lost = settled.dropped > 0 ? [`${settled.dropped} words beyond the end of the recording were dropped.`] : []
  const end = segments.at(-1)?.end ?? 0
  return {
    origin,
    language,
    segments,
    warnings: [
      ...warnings,
      ...mended.warnings,
      ...lost,
      ...(origin.kind === 'none' ? [] : coverageWarning(end, duration)),
    ],
  }
}

function coverageWarning(end: number, duration: number): string[] {
  if (end === 0) return ['The transcript holds no spoken words.']
  if (end >= duration * leastCoverage) return []
  return [`The transcript ends at ${formatClock(end)}, long before the recording does at ${formatClock(duration)}.`]
}
