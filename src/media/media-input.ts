import { resolve } from 'node:path'

/**
 * Containers and raw streams that hold sound or moving pictures and nothing but. What is not here is refused, above all
 * what makes ffmpeg open something else (hls, dash, concat, sdp, image sequences) or draw text (tty, subtitles).
 * Names of ffmpeg's demuxers; one that a build does not know does no harm.
 */
const ALLOWED_FORMATS = [
  ['mov', 'mp4', 'm4a', '3gp', '3g2', 'mj2', 'matroska', 'webm', 'avi', 'mpegts', 'mpeg', 'flv', 'live_flv', 'asf'],
  ['ogg', 'mxf', 'nut', 'wtv', 'gxf', 'dv', 'rm', 'ivf', 'yuv4mpegpipe'],
  [
    'wav',
    'w64',
    'aiff',
    'caf',
    'au',
    'mp3',
    'aac',
    'loas',
    'ac3',
    'eac3',
    'dts',
    'truehd',
    'flac',
    'ape',
    'wv',
    'tta',
    'amr',
  ],
  ['h264', 'hevc', 'm4v', 'mpegvideo', 'obu', 'av1'],
].flat()

/**
 * The arguments that open one file as media and nothing else: only the local file itself, by absolute path (so that leading
 * dashes, colons, percent signs, quotes and newlines are just letters), only as one of the allowed formats.
 * @param before options that belong to this input, e.g. `['-ss', '12.5']`
 */
export function mediaInput(path: string, before: readonly string[] = []): string[] {
  return [...before, ...safeInputOptions, '-i', fileUrl(path)]
}

/** For ffmpeg and ffprobe alike; goes before the input. */
export const safeInputOptions: readonly string[] = [
  '-protocol_whitelist',
  'file,pipe',
  '-format_whitelist',
  ALLOWED_FORMATS.join(','),
]

/** ffmpeg strips `file:` and takes all the rest as it stands, without percent decoding. */
export function fileUrl(path: string): string {
  return `file:${resolve(path)}`
}

/** ffmpeg's sentence when the content is of a format that is not allowed. */
export function saysNotAllowed(output: string): boolean {
  return /not on whitelist/i.test(output)
}
