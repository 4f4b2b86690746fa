import { join } from 'node:path'
import { AppError } from '../../../domain/app-error.ts'
import type { MediaInfo } from '../../../domain/media-info.ts'
import { lengthOf, type TimeRange } from '../../../domain/time-range.ts'
import type { Media } from '../../../media/create-media.ts'
import { fileUrl } from '../../../media/media-input.ts'
import { dropSound, seekInput } from '../../../media/seek-input.ts'
import type { SoundWindow, WindowForm } from '../speech-engine.ts'

interface CutRequest {
  media: Pick<Media, 'ffmpeg' | 'tools'>
  path: string
  info: MediaInfo
  window: TimeRange
  form: WindowForm
  /** Where the file goes. */
  folder: string
}

interface Format {
  extension: string
  encoder: string
  options: readonly string[]
  bytesPerSecond: number
}

/** Constant rates, so that a limit of bytes is a limit of seconds. Speech at 24 kbit/s of Opus or 48 of MP3 is heard as well as raw. */
const formats: Record<WindowForm['format'], Format> = {
  wav: { extension: 'wav', encoder: 'pcm_s16le', options: [], bytesPerSecond: 32_000 },
  'ogg-opus': {
    extension: 'ogg',
    encoder: 'libopus',
    options: ['-b:a', '24k', '-vbr', 'off', '-application', 'voip'],
    bytesPerSecond: 3_000,
  },
  mp3: { extension: 'mp3', encoder: 'libmp3lame', options: ['-b:a', '48k', '-write_xing', '0'], bytesPerSecond: 6_000 },
}
/** For headers and container pages. */
const containerShare = 0.92

/** The ffmpeg that is there can't make the form of sound an engine asks for. */
export class SoundFormMissing extends AppError {
  readonly code = 'SOUND_FORM_MISSING'
  constructor({ format, encoder }: { format: string; encoder: string }) {
    super(`This ffmpeg can't make ${format}: it has no ${encoder}.`, {
      hint: 'Install a complete ffmpeg, or name one with FFMPEG_PATH.',
    })
  }
}

/** The longest window in seconds, so that it also fits into the most bytes. */
export function longestWindow({ format, longest, mostBytes }: WindowForm): number {
  if (mostBytes === undefined) return longest
  return Math.min(longest, (mostBytes * containerShare) / formats[format].bytesPerSecond)
}

/**
 * Writes a stretch of the first audio track as a file in the form an engine asks for: 16 kHz, mono, beginning at exactly `start`
 * and as long as the window, with silence where the track has gaps, begins late or ends early.
 * @throws SoundFormMissing, the failures of ffmpeg, the signal's reason
 */
export async function cutWindow({ media, path, info, window, form, folder }: CutRequest): Promise<SoundWindow> {
  const [track] = info.audio
  const { extension, encoder, options } = formats[form.format]
  if (!media.tools.capabilities.encoders.has(encoder)) throw new SoundFormMissing({ format: form.format, encoder })
  const seconds = lengthOf(window)
  const input = seekInput({
    path,
    container: info.container,
    start: window.start,
    seconds,
    options: ['-vn', '-sn', '-dn'],
  })
  const filters = [
    ...dropSound(input.skip),
    'aresample=16000:async=1:first_pts=0',
    'aformat=sample_fmts=fltp:channel_layouts=mono',
    'apad',
    `atrim=end=${seconds.toFixed(3)}`,
  ]
  const target = join(folder, `window-${Math.round(window.start * 1000)}.${extension}`)
  await media.ffmpeg({
    args: [
      ...input.args,
      ...['-map', `0:${track?.streamIndex ?? 'a:0'}`, '-af', filters.join(','), '-c:a', encoder, ...options],
      ...['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact', '-y', fileUrl(target)],
    ],
    duration: seconds,
  })
  return { path: target, start: window.start, duration: seconds }
}
