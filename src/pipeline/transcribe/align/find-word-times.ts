import { AppError } from '../../../domain/app-error.ts'
import type { MediaInfo } from '../../../domain/media-info.ts'
import type { Progress } from '../../../domain/run.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import type { Media } from '../../../media/create-media.ts'
import { mendCues } from '../cues/mend-cues.ts'
import type { CueDocument } from '../transcriber.ts'
import { alignCues } from './align-cues.ts'
import { applyAlignment } from './apply-alignment.ts'
import { guessLanguage } from './guess-language.ts'
import type { SpeechSynthesiser } from './speech-synthesiser.ts'

/** Raise when the same cues and sound could get other times. */
const version = 1

export interface FindWordTimes {
  document: CueDocument
  silences: readonly TimeRange[]
  path: string
  info: MediaInfo
  media: Media
  synthesiser: SpeechSynthesiser
  /** A folder of one's own, for the decoded sound: 115 MB for each hour. */
  folder: string
  signal: AbortSignal
  onProgress: (progress: Progress) => void
}

/** Everything that could change a time, for the key under which a transcript is remembered. */
export function wordTimesFingerprint({ fingerprint }: SpeechSynthesiser): string {
  return `${version} ${fingerprint}`
}

/**
 * The document with words found in the sound for the cues that have none; the others keep their estimate, and a sentence says how
 * many. That times can't be made exact is no reason to stop: whatever fails, the estimate remains.
 * @throws the signal's reason when aborted; TranscriptDoesNotFit, TranscriptUnreadable
 */
export async function findWordTimes({ document, ...request }: FindWordTimes): Promise<CueDocument> {
  const { info, silences, synthesiser, signal } = request
  const mended = mendCues(document.cues, { duration: info.duration, language: document.language, silences })
  const untimed = mended.cues.filter(({ words }) => words === null)
  if (untimed.length === 0 || info.audio.length === 0) return document
  const language = document.language ?? guessLanguage(untimed.map(({ text }) => text))
  if (language === null || synthesiser.voiceFor(language) === null) return document
  try {
    const heard = await alignCues({ ...request, cues: mended.cues, language })
    const unsure = mended.cues.filter(({ words }, cue) => words === null && heard[cue] === null).length
    return {
      ...document,
      cues: applyAlignment(mended.cues, heard),
      warnings: [...document.warnings, ...mended.warnings, ...sayUnsure(unsure, untimed.length)],
    }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof AppError)) throw error
    const warning = `Word times are estimates: they could not be looked for in the sound. ${error.message}`
    return { ...document, warnings: [...document.warnings, warning] }
  }
}

/** A few cues are always unsure, and nobody has to know. */
const notableShare = 0.2

function sayUnsure(unsure: number, of: number): string[] {
  if (unsure < of * notableShare) return []
  const how = unsure === of ? 'The captions' : `${unsure} of ${of} captions`
  return [
    `${how} were not heard in the sound for sure (music, another language, other words?), so their word times are estimates.`,
  ]
}
