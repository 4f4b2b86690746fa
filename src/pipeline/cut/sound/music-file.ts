import { constants, type Stats } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { AppError } from '../../../domain/app-error.ts'
import type { SoundStyle } from '../../../domain/clip.ts'
import type { MediaInfo } from '../../../domain/media-info.ts'
import type { Media } from '../../../media/create-media.ts'
import { sha256OfFile } from '../../../media/sha256-of-file.ts'

/** There is no file of music at this path that may be read. */
export class MusicNotFound extends AppError {
  readonly code = 'MUSIC_NOT_FOUND'
  constructor(path: string, trouble: string, cause?: unknown) {
    super(`The music at ${path} ${trouble}.`, {
      cause,
      hint: 'Check the spelling of the path, and that you may read it.',
    })
  }
}

/** The file is there and is no music that a clip could have. */
export class MusicUnusable extends AppError {
  readonly code = 'MUSIC_UNUSABLE'
  constructor(path: string, { trouble, hint, cause }: { trouble: string; hint: string; cause?: unknown }) {
    super(`${path} can't be used as music: ${trouble}.`, { cause, hint })
  }
}

/** The music was another file when the clip was done than when it was begun. */
export class MusicChanged extends AppError {
  readonly code = 'MUSIC_CHANGED'
  override readonly retry = 'later' as const
  constructor(path: string) {
    super(`The music at ${path} changed while a clip was made with it.`, {
      hint: 'Give the command again when whatever writes it has finished.',
    })
  }
}

/** A bar of music; anything shorter is a noise. Seconds. */
const shortest = 1
/** A clip plays the beginning of it. What is longer is more likely a recording named by mistake. Seconds. */
const longest = 3600

/** Looks at a file before any work is done with it. @throws MusicNotFound | MusicUnusable */
export async function checkMusic({ path, media }: { path: string; media: Pick<Media, 'probe'> }): Promise<void> {
  await findFile(path)
  const info = await media.probe(path).catch((cause: unknown) => {
    if (!(cause instanceof AppError) || !cause.code.startsWith('MEDIA_')) throw cause
    throw new MusicUnusable(path, { trouble: 'it is no sound that ffmpeg can read', hint: anyFormat, cause })
  })
  const problem = problemOf(info)
  if (problem) throw new MusicUnusable(path, problem)
}

const anyFormat = 'Give an audio file: MP3, M4A, WAV, FLAC, OGG and others are read.'

async function findFile(path: string): Promise<void> {
  const found: Stats = await stat(path).catch((cause: unknown) => {
    throw new MusicNotFound(path, 'was not found', cause)
  })
  if (!found.isFile()) throw new MusicNotFound(path, found.isDirectory() ? 'is a folder' : 'is not an ordinary file')
  await access(path, constants.R_OK).catch((cause: unknown) => {
    throw new MusicNotFound(path, 'may not be read by you', cause)
  })
  if (found.size === 0) throw new MusicUnusable(path, { trouble: 'it is empty', hint: 'Download or export it again.' })
}

function problemOf({ video, audio, duration }: MediaInfo): { trouble: string; hint: string } | null {
  if (audio.length === 0) return { trouble: 'it has no sound', hint: anyFormat }
  if (video) {
    const hint = 'If its sound is the music, take that out first: ffmpeg -i VIDEO -vn music.m4a'
    return { trouble: 'it is a video', hint }
  }
  if (duration < shortest) return { trouble: `it lasts ${duration.toFixed(1)} s`, hint: 'At least a second is needed.' }
  if (duration > longest) {
    const hint = 'A clip plays the beginning of its music: cut out the part you want. Is it perhaps the recording?'
    return { trouble: `it lasts ${Math.round(duration / 60)} minutes, and an hour is the most`, hint }
  }
  return null
}

interface AskedSound {
  denoise?: true | undefined
  deEss?: true | undefined
  music?: { path: string; level: number } | undefined
}

/** What was asked for as part of a style; undefined where nothing was. @throws MusicNotFound */
export async function soundStyleOf({ denoise, deEss, music }: AskedSound): Promise<SoundStyle | undefined> {
  if (!denoise && !deEss && !music) return undefined
  return {
    ...(denoise && { denoise }),
    ...(deEss && { deEss }),
    ...(music && { music: { ...music, sha256: await hashOf(music.path) } }),
  }
}

/** Makes sure that the music is still what it was hashed as. @throws MusicChanged | MusicNotFound */
export async function checkSameMusic(style: SoundStyle | undefined): Promise<void> {
  const music = style?.music
  if (music && (await hashOf(music.path)) !== music.sha256) throw new MusicChanged(music.path)
}

function hashOf(path: string): Promise<string> {
  return sha256OfFile(path).catch((cause: unknown) => {
    throw new MusicNotFound(path, 'is no longer there', cause)
  })
}
