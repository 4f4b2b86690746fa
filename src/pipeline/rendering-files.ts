import { join } from 'node:path'
import { z } from 'zod'

/** The files of a rendering, by ending. */
export interface RenderingFiles {
  mp4: string
  jpg: string
  srt: string
  vtt: string
}

/** Where a rendering lies in the data folder: named by what went in, in folders that stay small. */
export function renderingFiles(dataFolder: string, key: string): RenderingFiles {
  const stem = join(dataFolder, renderingPath(key))
  return { mp4: `${stem}.mp4`, jpg: `${stem}.jpg`, srt: `${stem}.srt`, vtt: `${stem}.vtt` }
}

/** Relative to the data folder, without ending. */
export function renderingPath(key: string): string {
  return join('renderings', key.slice(0, 2), key)
}

/** What is stored about a rendering beside its measures. */
export const renderingReport = z.object({
  /** LUFS; null when the clip is silent. */
  loudness: z.number().nullable(),
  warnings: z.array(z.string()),
  /** Whether the picture was copied instead of made anew, and why; null where nobody would expect it. */
  fastPath: z.object({ used: z.boolean(), detail: z.string() }).nullable().default(null),
  /** Where the clip begins in its file, seconds: after a brand's intro. */
  startsAt: z.number().nonnegative().default(0),
  /** By how much it begins later than was asked, seconds, and why; null where it begins as asked. */
  opening: z.object({ seconds: z.number(), reason: z.string() }).nullable().default(null),
  /** What the quality gate looked at and found. */
  quality: z.unknown(),
})
