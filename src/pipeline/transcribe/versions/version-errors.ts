import { AppError } from '../../../domain/app-error.ts'

/** What was to be replaced is not said anywhere. */
export class PhraseNotFound extends AppError {
  readonly code = 'PHRASE_NOT_FOUND'
  constructor(phrase: string) {
    super(`Nobody says "${phrase}" in this transcript.`, {
      hint: 'Words are compared without punctuation and capitals, in one sentence at a time; `clipwright transcript show` has the text.',
    })
  }
}

/** A correction would leave no words at all. */
export class TranscriptWouldBeEmpty extends AppError {
  readonly code = 'TRANSCRIPT_WOULD_BE_EMPTY'
  constructor() {
    super('No words would be left in the transcript.', { hint: 'Nothing was changed.' })
  }
}

/** A file that was to hold corrections holds something else. */
export class CorrectionsDoNotMatch extends AppError {
  readonly code = 'CORRECTIONS_DO_NOT_MATCH'
  constructor(name: string, share: number) {
    super(`${name} is no correction of this transcript: only ${Math.round(share * 100)} % of its words are in both.`, {
      hint: 'Correct a file from `clipwright transcript export`; a transcript of its own comes in with `clipwright transcript import`.',
    })
  }
}

/** A transcript with its recording written in it was given for another one. */
export class TranscriptOfAnotherRecording extends AppError {
  readonly code = 'TRANSCRIPT_OF_ANOTHER_RECORDING'
  constructor(name: string) {
    super(`${name} was exported from another recording.`, { hint: 'Name the recording it belongs to.' })
  }
}

/** A speaker was to be renamed whom nobody knows. */
export class SpeakerUnknown extends AppError {
  readonly code = 'SPEAKER_UNKNOWN'
  constructor(name: string, known: readonly string[]) {
    super(`There is no speaker "${name}" in this transcript.`, {
      hint: known.length === 0 ? 'It names no speakers.' : `There are: ${known.join(', ')}.`,
    })
  }
}
