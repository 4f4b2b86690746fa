import { toErrorRecord } from '../../domain/app-error.ts'
import type { MomentsDocument } from '../../pipeline/conclude/moments-document.ts'

/** What the exit status of a command means; docs/operate/errors.md has the same table. */
export const exitCodes = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  needsTranscript: 3,
  badInput: 4,
  environment: 5,
  someClipsFailed: 6,
  noMoments: 7,
  /** 128 + SIGINT, as shells have it. */
  interrupted: 130,
} as const

type ExitName = keyof typeof exitCodes

/** Every error code has its place here; a test compares this with the codes in the source and in the docs. */
const codesByExit: Record<Exclude<ExitName, 'ok' | 'noMoments'>, readonly string[]> = {
  unexpected: [
    'UNEXPECTED',
    'ALIGNMENT_THREAD_LOST',
    'CLAIM_LOST',
    'DETECTION_THREAD_LOST',
    'ESPEAK_MISSPOKE',
    'FFMPEG_FAILED',
    'TRANSCRIPT_INCOMPLETE',
  ],
  usage: [
    'ACCOUNT_NOT_FOUND',
    'BRAND_FILE_UNUSABLE',
    'BRAND_MEDIA_UNUSABLE',
    'CLIPS_FOLDER_NOT_FOUND',
    'CLIP_NOT_FOUND',
    'DETECTOR_IN_USE',
    'DETECTOR_UNKNOWN',
    'EDITS_FILE_UNUSABLE',
    'EMAIL_TAKEN',
    'LAST_OWNER',
    'OWNER_EXISTS',
    'OWNER_NEEDED',
    'PASSWORD_TOO_WEAK',
    'EDIT_UNUSABLE',
    'EPISODE_NEEDED',
    'EPISODE_NOT_FOUND',
    'FILE_EXISTS',
    'FRAMING_FILE_UNUSABLE',
    'MODEL_FILE_NOT_FOUND',
    'MODEL_NOT_INSTALLED',
    'MODEL_UNKNOWN',
    'MODEL_UNVERIFIED',
    'LINK_UNUSABLE',
    'NOTHING_TO_ROLL_BACK',
    'NOTHING_TO_UNDO',
    'NOTHING_TO_RETRY',
    'NO_FEEDBACK',
    'PAGE_HAS_SEVERAL',
    'PHRASE_NOT_FOUND',
    'RECORDING_NOT_FOUND',
    'RECORDING_NOT_TAKEN_IN',
    'RUN_HAS_ENDED',
    'RUN_NOT_FOUND',
    'STEP_NOT_FOUND',
    'RUN_UNFINISHED',
    'SETTINGS_INVALID',
    'SPEAKER_UNKNOWN',
    'TRANSCRIPT_CHANGED',
    'TRANSCRIPT_EXISTS',
    'TRANSCRIPT_VERSION_NOT_FOUND',
    'TRANSCRIPT_WOULD_BE_EMPTY',
    'WRONG_USAGE',
  ],
  needsTranscript: [
    'SPEECH_BUDGET_SPENT',
    'SPEECH_NOBODY_HEARD',
    'SPEECH_NOTHING_HEARD',
    'SPEECH_SERVICE_REFUSED',
    'SPEECH_SERVICE_UNAVAILABLE',
    'SPEECH_WINDOW_LOST',
    'TRANSCRIPT_MISSING',
  ],
  badInput: [
    'ADDRESS_FORBIDDEN',
    'BRAND_MEDIA_CHANGED',
    'DOWNLOAD_DAMAGED',
    'DOWNLOAD_TOO_LARGE',
    'CORRECTIONS_DO_NOT_MATCH',
    'EVALUATION_DATA_UNREADABLE',
    'FEED_UNREADABLE',
    'LINK_NOT_MEDIA',
    'MEDIA_EMPTY',
    'MEDIA_NOT_ALLOWED',
    'MEDIA_NOT_FOUND',
    'MEDIA_NO_STREAMS',
    'MEDIA_PICTURE_TOO_LARGE',
    'MEDIA_TOO_SHORT',
    'MEDIA_UNREADABLE',
    'MUSIC_CHANGED',
    'MUSIC_NOT_FOUND',
    'MUSIC_UNUSABLE',
    'PAGE_NOT_READY',
    'PAGE_REFUSED',
    'RECORDING_CHANGED',
    'RECORDING_MOVED',
    'SERVER_NONSENSE',
    'SERVER_REFUSED',
    'TOO_MANY_REDIRECTS',
    'TRANSCRIPT_DOES_NOT_FIT',
    'TRANSCRIPT_NOT_FOUND',
    'TRANSCRIPT_OF_ANOTHER_RECORDING',
    'TRANSCRIPT_UNREADABLE',
  ],
  environment: [
    'CAPTION_FONT_MISSING',
    'DATABASE_DAMAGED',
    'DATABASE_FOLDER_UNUSABLE',
    'DATABASE_IN_USE',
    'DATABASE_LOCKED',
    'DATABASE_NEWER',
    'DATABASE_START_FAILED',
    'DATABASE_START_TIMEOUT',
    'DATABASE_UNREACHABLE',
    'DATABASE_VERSION',
    'DATA_FOLDER_UNUSABLE',
    'DETECTION_TOO_LARGE',
    'DOWNLOAD_INTERRUPTED',
    'EMBEDDED_SERVER_MISSING',
    'EMBEDDED_SERVER_NOT_RUNNABLE',
    'ESPEAK_BROKEN',
    'FACE_DETECTOR_FAILED',
    'FACE_MODEL_UNUSABLE',
    'FFMPEG_BROKEN',
    'FFMPEG_KILLED',
    'FFMPEG_MISSING',
    'FFMPEG_STALLED',
    'FFMPEG_TIMED_OUT',
    'FFMPEG_TOO_LIMITED',
    'MIGRATION_FAILED',
    'MODEL_ARCHIVE_REFUSED',
    'MODEL_BUSY',
    'MODEL_CHANGED',
    'MODEL_NOT_SET',
    'MODEL_UNAVAILABLE',
    'NODE_TOO_OLD',
    'NO_SPACE',
    'OUT_FOLDER_BUSY',
    'OUT_FOLDER_TAKEN',
    'OUT_FOLDER_UNUSABLE',
    'PAGE_UNREACHABLE',
    'PORT_TAKEN',
    'QUEUE_FULL',
    'SERVER_BUSY',
    'SERVER_RUNS',
    'SERVER_UNREACHABLE',
    'SOCKET_FOLDER_UNUSABLE',
    'SOUND_FORM_MISSING',
    'SPEECH_ENGINE_FAILED',
    'SPEECH_ENGINE_MISSING',
    'SPEECH_MODEL_UNUSABLE',
    'STORAGE_FULL',
    'WORKER_LOST',
    'YTDLP_FAILED',
    'YTDLP_MISSING',
    'YTDLP_OUTDATED',
  ],
  someClipsFailed: ['CLIP_FAILED_QUALITY'],
  interrupted: ['INTERRUPTED', 'RUN_ENDED', 'STOPPING'],
}

const exitByCode = new Map(
  Object.entries(codesByExit).flatMap(([name, codes]) =>
    codes.map((code) => [code, exitCodes[name as ExitName]] as const),
  ),
)

/** Exit status for a command that ended with this error; 1 for a code nobody placed. */
export function exitCodeFor(code: string): number {
  return exitByCode.get(code) ?? exitCodes.unexpected
}

/** Exit status for a command that threw this. */
export function exitCodeOf(thrown: unknown): number {
  return exitCodeFor(toErrorRecord(thrown).code)
}

/** Whether the code has its place in the table above. */
export function hasExitCode(code: string): boolean {
  return exitByCode.has(code)
}

/** Exit status for a run that came to its end: nothing found is 7, any failed clip is 6. */
export function exitCodeOfResult({ moments }: Pick<MomentsDocument, 'moments'>): number {
  if (moments.length === 0) return exitCodes.noMoments
  return moments.some(({ clip }) => clip.status === 'failed') ? exitCodes.someClipsFailed : exitCodes.ok
}
