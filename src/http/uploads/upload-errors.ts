import { AppError } from '../../domain/app-error.ts'

export class UploadNotFound extends AppError {
  readonly code = 'UPLOAD_NOT_FOUND'
  constructor(id: string) {
    super(`There is no upload ${id}.`, { hint: 'It may have ended, or its time was over. Begin a new one.' })
  }
}

/** Its bytes are gone: it was refused. */
export class UploadGone extends AppError {
  readonly code = 'UPLOAD_GONE'
  constructor(why: string) {
    super(`This upload was refused: ${why}`, { hint: 'Begin a new one with another file.' })
  }
}

export class UploadTooLarge extends AppError {
  readonly code = 'UPLOAD_TOO_LARGE'
  constructor(most: number) {
    super(`An upload may have ${sayBytes(most)} at most.`, {
      hint: 'Make the file smaller, or raise MAX_FILE_SIZE. A file on the machine of the server can be named by its path and has no limit.',
    })
  }
}

/** All uploads and downloads together may not take more room than this. */
export class UploadStorageFull extends AppError {
  readonly code = 'UPLOAD_STORAGE_FULL'
  override readonly retry = 'later'
  constructor({ used, most, bytes }: { used: number; most: number; bytes: number }) {
    super(
      `Uploads and downloads take ${sayBytes(used)} of the ${sayBytes(most)} they may take; ${sayBytes(bytes)} more do not fit.`,
      { hint: 'Delete what you no longer need, or raise MAX_STORAGE_GB.' },
    )
  }
}

/** The bytes that were sent are not those that come next (tus: 409). */
export class UploadOffsetWrong extends AppError {
  readonly code = 'UPLOAD_OFFSET_WRONG'
  override readonly retry = 'later'
  constructor({ said, is }: { said: number; is: number }) {
    super(`The upload stands at byte ${is}, not at ${said}.`, {
      hint: 'Ask with HEAD where it stands and go on there.',
    })
  }
}

/** A newer request for the same upload came: the client had given this one up. */
export class UploadTakenOver extends AppError {
  readonly code = 'UPLOAD_TAKEN_OVER'
  override readonly retry = 'later'
  constructor() {
    super('Another request goes on with this upload.', { hint: 'Ask with HEAD where it stands.' })
  }
}

export class UploadChecksumWrong extends AppError {
  readonly code = 'UPLOAD_CHECKSUM_WRONG'
  override readonly retry = 'later'
  constructor(algorithm: string) {
    super(`The bytes that came do not have the ${algorithm} that was said; none of them was kept.`, {
      hint: 'Send them again from the same offset.',
    })
  }
}

export class UploadLongerThanSaid extends AppError {
  readonly code = 'UPLOAD_LONGER_THAN_SAID'
  constructor() {
    super('More bytes came than were announced; those of this request were not kept.', {
      hint: 'Send as many as Upload-Length and Content-Length say.',
    })
  }
}

export class UploadFinished extends AppError {
  readonly code = 'UPLOAD_FINISHED'
  constructor() {
    super('This upload is a recording now and can not be taken back.')
  }
}

/** Parts of an upload that can't be joined. */
export class UploadPartsUnusable extends AppError {
  readonly code = 'UPLOAD_PARTS_UNUSABLE'
  constructor(why: string) {
    super(`The parts can not be joined: ${why}.`, { hint: 'Send every part to its end, then name each once.' })
  }
}

/** Nobody sends any more; what came is kept. */
export class UploadCut extends AppError {
  readonly code = 'UPLOAD_CUT'
  override readonly retry = 'later'
  constructor(cause?: unknown) {
    super('The connection ended before all bytes had come.', {
      hint: 'Ask with HEAD where it stands and go on there.',
      cause,
    })
  }
}

export class TusVersionNotTaken extends AppError {
  readonly code = 'TUS_VERSION_NOT_TAKEN'
  constructor() {
    super('The request does not speak tus 1.0.0.', { hint: 'Send the header Tus-Resumable: 1.0.0.' })
  }
}

export class UploadTranscriptMissing extends AppError {
  readonly code = 'UPLOAD_TRANSCRIPT_MISSING'
  constructor(id: string) {
    super(`There is no transcript that was uploaded as ${id}.`, {
      hint: 'Upload the transcript to its end first (metadata kind: transcript), then name its id with the recording.',
    })
  }
}

/** The content is something else than its name says. */
export class MediaWrongType extends AppError {
  readonly code = 'MEDIA_WRONG_TYPE'
  constructor(name: string, what: string) {
    super(`${name} is ${what}, not a recording.`, { hint: 'Send the video or the sound itself.' })
  }
}

export function sayBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`
  return `${Math.round(bytes)} bytes`
}
