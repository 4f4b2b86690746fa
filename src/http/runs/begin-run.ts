import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { basename, extname, isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { findMediaFile } from '../../pipeline/ingest/find-media-file.ts'
import type { RunSettings } from '../../pipeline/run-settings.ts'
import { plainText } from '../plain-text.ts'
import { choiceProblems, type RunDefaults, runChoices, settleChoices } from './run-choices.ts'

const path = plainText(4000).min(1).refine(isAbsolute, 'The path must be absolute.')

/** What a run is asked for: a recording on the server's machine, and what to look for. */
export const runRequest = runChoices
  .extend({
    path: path.describe('Absolute path of the recording on the machine that runs the server.'),
    transcriptPath: path.optional().describe('Absolute path of its transcript there.'),
  })
  .superRefine((asked, problems) => {
    for (const { path: field, message } of choiceProblems(asked))
      problems.addIssue({ code: 'custom', path: [field], message })
  })

/**
 * Settings of the run, with clips in the data folder. What was not asked is as the library has it.
 * @throws MediaNotFound | MediaEmpty
 */
export async function settingsOf(
  { path: given, transcriptPath, ...choices }: z.infer<typeof runRequest>,
  dataFolder: string,
  defaults: RunDefaults = {},
): Promise<RunSettings> {
  await findMediaFile(given)
  const path = await realpath(given)
  const title = basename(path, extname(path)) || basename(path)
  const out = join(dataFolder, 'clips', `${title}-${nameOfPlace(path)}`)
  return { ...settleChoices(choices, defaults), path, title, transcriptPath: transcriptPath ?? null, out }
}

/** Recordings of the same name in two folders don't share one of clips. */
function nameOfPlace(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 8)
}
