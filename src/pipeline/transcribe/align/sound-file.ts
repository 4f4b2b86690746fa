import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaInfo } from '../../../domain/media-info.ts'
import type { TimeRange } from '../../../domain/time-range.ts'
import type { Media } from '../../../media/create-media.ts'
import { fileUrl, mediaInput } from '../../../media/media-input.ts'
import type { Sound } from './speech-synthesiser.ts'

/** Samples a second: holds all of speech that tells words apart. */
export const soundRate = 16_000

interface SoundRequest {
  media: Media
  path: string
  info: MediaInfo
  /** Takes 115 MB for each hour. */
  folder: string
  onProgress: (fraction: number) => void
}

/** A recording's first audio track, decoded once, from which stretches are read: memory stays flat whatever its length. */
export interface SoundFile extends AsyncDisposable {
  /** Seconds of the recording; shorter where the sound ends before. */
  read(span: TimeRange): Promise<Sound>
}

/** @throws the failures of ffmpeg, NoSpace */
export async function decodeSound({ media, path, info, folder, onProgress }: SoundRequest): Promise<SoundFile> {
  const target = join(folder, 'sound.s16le')
  await media.ffmpeg({
    args: [
      ...mediaInput(path),
      ...['-map', `0:${info.audio[0]?.streamIndex ?? 'a:0'}`, '-ac', '1', '-ar', String(soundRate)],
      // Where the track begins late, or has holes, there is silence, so that samples are counted in seconds of the recording.
      ...['-af', 'aresample=async=1000:first_pts=0', '-f', 's16le', fileUrl(target)],
    ],
    duration: info.duration,
    onProgress: ({ fraction }) => onProgress(fraction),
  })
  return soundIn(await open(target), target)
}

function soundIn(file: FileHandle, path: string): SoundFile {
  return {
    async read({ start, end }) {
      const first = Math.round(start * soundRate)
      const samples = new Int16Array(Math.max(0, Math.round(end * soundRate) - first))
      const { bytesRead } = await file.read(samples, 0, samples.byteLength, first * 2)
      return { samples: samples.slice(0, bytesRead >> 1), rate: soundRate }
    },
    async [Symbol.asyncDispose]() {
      await file.close()
      await rm(path, { force: true })
    },
  }
}
