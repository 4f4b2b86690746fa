import { realpath } from 'node:fs/promises'
import { basename, extname, isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { aspects, captionStyles } from '../../domain/clip.ts'
import { rankedModes } from '../../domain/moment.ts'
import { findMediaFile } from '../../pipeline/ingest/find-media-file.ts'
import type { RunSettings } from '../../pipeline/run-settings.ts'

/** What a run is asked for: a recording on the server's machine, and what to look for. */
export const runRequest = z
  .strictObject({
    path: z
      .string()
      .min(1)
      .max(4000)
      .refine(isAbsolute, 'The path must be absolute.')
      .describe('Absolute path of the recording on the machine that runs the server.'),
    transcriptPath: z.string().min(1).max(4000).refine(isAbsolute, 'The path must be absolute.').optional(),
    mode: z.enum(rankedModes).default('highlights'),
    count: z.int().min(1).max(100).default(8),
    minSeconds: z.number().min(3).max(600).default(15),
    maxSeconds: z.number().min(3).max(600).default(60),
    aspect: z.enum(aspects).default('9:16'),
    captions: z.enum(captionStyles).default('pop'),
  })
  .refine(({ minSeconds, maxSeconds }) => minSeconds <= maxSeconds, {
    path: ['minSeconds'],
    message: 'The shortest clip must not be longer than the longest.',
  })

/** Settings of the run, with clips in the data folder. @throws MediaNotFound | MediaEmpty */
export async function settingsOf(asked: z.infer<typeof runRequest>, dataFolder: string): Promise<RunSettings> {
  await findMediaFile(asked.path)
  const path = await realpath(asked.path)
  const name = basename(path, extname(path)) || basename(path)
  return {
    ...asked,
    path,
    title: name,
    transcriptPath: asked.transcriptPath ?? null,
    out: join(dataFolder, 'clips', name),
  }
}
