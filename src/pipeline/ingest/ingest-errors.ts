import { AppError } from '../../domain/app-error.ts'

/** There is no readable file at this path. */
export class MediaNotFound extends AppError {
  readonly code = 'MEDIA_NOT_FOUND'
  constructor(path: string, { reason, cause }: { reason: string; cause?: unknown }) {
    super(`${path} ${reason}.`, { hint: 'Check the spelling of the path and that you may read the file.', cause })
  }
}

export class MediaEmpty extends AppError {
  readonly code = 'MEDIA_EMPTY'
  constructor(path: string) {
    super(`${path} is empty.`, { hint: 'The recording or download did not work; make or fetch it again.' })
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
      hint: 'If it should be longer, the file is probably cut off; fetch it again.',
    })
  }
}
