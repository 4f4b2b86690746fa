import { AppError, type Evidence } from '../domain/app-error.ts'

const INSTALL_HINT =
  'Install it: `apt install ffmpeg` (Debian, Ubuntu), `brew install ffmpeg` (macOS), `winget install Gyan.FFmpeg` (Windows), ' +
  'or `npm install --include=optional` for the one from npm. FFMPEG_PATH points at one elsewhere.'

/** No ffmpeg or ffprobe anywhere: not in the settings, not on the system, not from npm. */
export class FfmpegMissing extends AppError {
  readonly code = 'FFMPEG_MISSING'
  constructor(tool: 'ffmpeg' | 'ffprobe') {
    super(`${tool} was not found on this machine.`, { hint: INSTALL_HINT })
  }
}

/** The program at this path does not run, or is not what it should be. */
export class FfmpegBroken extends AppError {
  readonly code = 'FFMPEG_BROKEN'
  constructor(
    path: string,
    { isMissing = false, cause, evidence }: { isMissing?: boolean; cause?: unknown; evidence?: Evidence } = {},
  ) {
    super(isMissing ? `There is no program at ${path}.` : `The program at ${path} does not run as ffmpeg.`, {
      hint: `Correct FFMPEG_PATH or FFPROBE_PATH, or clear it to use the one of the system. ${INSTALL_HINT}`,
      cause,
      ...(evidence ? { evidence } : {}),
    })
  }
}

/** ffmpeg runs but was built without something clips can't be made without. */
export class FfmpegTooLimited extends AppError {
  readonly code = 'FFMPEG_TOO_LIMITED'
  constructor(path: string, lacking: string[]) {
    super(`The ffmpeg at ${path} was built without ${lacking.join(' and ')}.`, {
      hint: `Use a full build. ${INSTALL_HINT}`,
    })
  }
}

/** ffmpeg ended with an error of its own. */
export class FfmpegFailed extends AppError {
  readonly code = 'FFMPEG_FAILED'
  constructor(tool: string, evidence: Evidence) {
    super(`${tool} could not finish: ${lastLineOf(evidence.output) ?? `it ended with ${endOf(evidence)}`}`, {
      hint: 'The last lines it wrote are kept with this error.',
      evidence,
    })
  }
}

/** Something outside ended ffmpeg: a person, the system's memory guard, a shutdown. */
export class FfmpegKilled extends AppError {
  readonly code = 'FFMPEG_KILLED'
  override readonly retry = 'later'
  constructor(tool: string, evidence: Evidence) {
    super(`${tool} was ended from outside (${evidence.signal ?? 'by a signal'}).`, {
      hint: 'Often the machine was short of memory, or was shutting down; trying again can help.',
      evidence,
    })
  }
}

/** ffmpeg was alive but said nothing for too long, and was ended. */
export class FfmpegStalled extends AppError {
  readonly code = 'FFMPEG_STALLED'
  override readonly retry = 'later'
  constructor(tool: string, seconds: number, evidence: Evidence) {
    super(`${tool} made no progress for ${seconds} s and was ended.`, {
      hint: 'A slow network drive or a damaged file can cause this; trying again can help.',
      evidence,
    })
  }
}

/** ffmpeg took longer than this work may ever take, and was ended. */
export class FfmpegTimedOut extends AppError {
  readonly code = 'FFMPEG_TIMED_OUT'
  override readonly retry = 'later'
  constructor(tool: string, seconds: number, evidence: Evidence) {
    super(`${tool} was not done after ${seconds} s and was ended.`, {
      hint: 'The machine may be overloaded or the file damaged; trying again can help.',
      evidence,
    })
  }
}

/** The bytes are not media that ffmpeg can read: text with a media name, damage, a file cut off in the middle. */
export class MediaUnreadable extends AppError {
  readonly code = 'MEDIA_UNREADABLE'
  constructor(path: string, evidence?: Evidence) {
    super(`${path} could not be read as video or audio.`, {
      hint: 'See whether it plays elsewhere. What was interrupted while it was recorded or copied often lacks its end: copy or download it again.',
      ...(evidence ? { evidence } : {}),
    })
  }
}

/** A kind of file that is refused: it only names other files or addresses (playlists), or is text or a picture. */
export class MediaNotAllowed extends AppError {
  readonly code = 'MEDIA_NOT_ALLOWED'
  constructor(path: string, evidence?: Evidence) {
    super(`${path} is a playlist, a script or a picture, not a video or audio file; nothing it names was opened.`, {
      hint: 'Give the recording itself, e.g. an .mp4, .mkv, .mov, .mp3 or .wav file.',
      ...(evidence ? { evidence } : {}),
    })
  }
}

/** A picture so large that decoding it would take too much memory. */
export class MediaPictureTooLarge extends AppError {
  readonly code = 'MEDIA_PICTURE_TOO_LARGE'
  constructor(width: number, height: number) {
    super(`The picture is ${width}×${height} pixels, more than can be handled.`, {
      hint: 'Up to 8192×8192 pixels work; make a smaller copy first.',
    })
  }
}

function lastLineOf(output: string | undefined): string | undefined {
  return output?.trimEnd().split('\n').at(-1)?.trim() || undefined
}

function endOf({ exitCode, signal }: Evidence): string {
  return signal ? `signal ${signal}` : `exit status ${exitCode ?? 'unknown'}`
}
