import { AppError } from '../../domain/app-error.ts'
import { sayFileError } from '../../domain/say-file-error.ts'
import { formatClock } from '../../domain/time-range.ts'

/** No transcriber has anything for the recording: it needs a transcript. */
export class TranscriptMissing extends AppError {
  readonly code = 'TRANSCRIPT_MISSING'
  constructor({ name, hasSound, waysOut }: { name: string; hasSound: boolean; waysOut: string[] }) {
    const sentence = hasSound
      ? `No transcript was found for ${name}, and words are never made up.`
      : `${name} has no sound and no transcript, so there are no words to go by.`
    super(sentence, {
      hint: [
        'Any of these helps, and what was found so far is kept:',
        ...waysOut.flatMap((way) => way.split('\n')).map(asSentence),
      ].join('\n'),
    })
  }
}

/** What a person may do, in a line of its own. */
function asSentence(way: string): string {
  return `${way.charAt(0).toUpperCase()}${way.slice(1)}.`
}

/** A person named a transcript file which is not there or not allowed to be read. */
export class TranscriptNotFound extends AppError {
  readonly code = 'TRANSCRIPT_NOT_FOUND'
  constructor(path: string, cause: unknown) {
    super(`The transcript ${path} can't be opened: ${sayFileError(cause, 'read')}.`, {
      hint: 'Check the spelling of the path, and that you may read the file.',
      cause,
    })
  }
}

/** There is a transcript, but it cannot be read as one. `problem` completes the sentence "<name> …". */
export class TranscriptUnreadable extends AppError {
  readonly code = 'TRANSCRIPT_UNREADABLE'
  constructor(name: string, problem: string, cause?: unknown) {
    super(`${name} ${problem}.`, {
      hint: 'Readable are SRT, WebVTT, and JSON of Whisper, WhisperX, AssemblyAI, Deepgram or Podcasting 2.0. Correct the file, remove it, or name another one with --transcript.',
      cause,
    })
  }
}

/** Most of what the transcript says lies beyond the end of the recording: it belongs to another one. */
export class TranscriptDoesNotFit extends AppError {
  readonly code = 'TRANSCRIPT_DOES_NOT_FIT'
  constructor({ lastStart, duration, share }: { lastStart: number; duration: number; share: number }) {
    super(
      `The transcript does not belong to this recording: it runs to ${formatClock(lastStart)}, the recording ends at ${formatClock(duration)}, and ${Math.round(share * 100)} % of the text lies beyond that.`,
      { hint: 'Name the transcript of this very recording with --transcript, or correct the times of the file.' },
    )
  }
}
