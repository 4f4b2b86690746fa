import { AppError } from '../../domain/app-error.ts'

/** What is wrong with a path: its sentence, and the way out. */
const troubles = {
  missing: ['was not found', 'Check the spelling of the path.'],
  denied: ['may not be read by you', "Change the file's permissions, or copy it to a place of yours."],
  folder: ['is a folder, not a recording', 'Name one file in it.'],
  'no file': ['is not an ordinary file', 'Save the recording as a file first, and name that.'],
} as const

/** There is no readable file at this path. */
export class MediaNotFound extends AppError {
  readonly code = 'MEDIA_NOT_FOUND'
  constructor(path: string, { trouble, cause }: { trouble: keyof typeof troubles; cause?: unknown }) {
    const [sentence, hint] = troubles[trouble]
    super(`${path} ${sentence}.`, { hint, cause })
  }
}

export class MediaEmpty extends AppError {
  readonly code = 'MEDIA_EMPTY'
  constructor(path: string) {
    super(`${path} is empty.`, { hint: 'The recording or download did not work; make it or download it again.' })
  }
}

/** Readable, but without moving picture and without sound. */
export class MediaNoStreams extends AppError {
  readonly code = 'MEDIA_NO_STREAMS'
  constructor(path: string, warnings: string[]) {
    super([`${path} holds neither a usable picture nor sound.`, ...warnings].join(' '), {
      hint: 'Give a video or an audio recording; a cover picture alone is not one.',
    })
  }
}

export class MediaTooShort extends AppError {
  readonly code = 'MEDIA_TOO_SHORT'
  constructor(path: string, { duration, least }: { duration: number; least: number }) {
    super(`${path} lasts ${duration} s; at least ${least} s are needed.`, {
      hint: 'If it should be longer, the file is probably cut off; copy or download it again.',
    })
  }
}
