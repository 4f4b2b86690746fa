import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { basename, extname, isAbsolute, join } from 'node:path'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import { AppError } from '../../domain/app-error.ts'
import { getRecording } from '../../library/recordings.store.ts'
import { setUsed } from '../../library/uploads.store.ts'
import { createMedia } from '../../media/create-media.ts'
import { checkMusic } from '../../pipeline/cut/sound/music-file.ts'
import { findMediaFile } from '../../pipeline/ingest/find-media-file.ts'
import { nameOfLink, placeOfLink } from '../../pipeline/ingest/place-of-link.ts'
import { safeFileName } from '../../pipeline/ingest/safe-file-name.ts'
import type { Pipeline } from '../../pipeline/open-pipeline.ts'
import type { RunSettings } from '../../pipeline/run-settings.ts'
import { locateSource } from '../../pipeline/source-file.ts'
import { findTranscriptFile } from '../../pipeline/transcribe/read-transcript-file.ts'
import { plainText } from '../plain-text.ts'
import { BadRequest } from '../problem.ts'
import { askedBrand, brandOf } from './asked-brand.ts'
import { NamedError } from './named-error.ts'
import type { NamedFiles } from './named-files.ts'
import { choiceProblems, type RunDefaults, runChoices, settleChoices } from './run-choices.ts'

const path = plainText(4000).min(1).refine(isAbsolute, 'The path must be absolute.')
const link = z.url({ protocol: /^https?$/, error: 'must be a link, https or http' }).max(4000)
const uploadId = z.uuid()
const named = plainText(4000).min(1)

/** What a run is asked for: a recording, what to look for, and what to make of it. */
export const runRequest = runChoices
  .extend({
    path: path.optional().describe('The recording: its absolute path on the machine that runs the server.'),
    url: link.optional().describe('The recording: a link to a file, a feed or a page.'),
    recordingId: z.uuid().optional().describe('The recording: one of the library.'),
    episode: plainText(300).trim().min(1).optional().describe('Which one of a feed: 1 is the newest, or of its title.'),
    transcriptPath: path.optional().describe('Its transcript: the absolute path on that machine.'),
    transcriptUrl: link.optional().describe('Its transcript: a link to the file.'),
    transcriptId: uploadId.optional().describe('Its transcript: an upload of the kind transcript.'),
    music: z
      .strictObject({
        file: named.describe('An upload of the kind asset, or an absolute path on that machine.'),
        level: z.number().min(-40).max(0).default(-14).describe('In pauses, dB against the speech.'),
      })
      .optional()
      .describe('What lies under the speech and comes up in its pauses.'),
    brand: askedBrand.optional(),
  })
  .superRefine((asked, problems) => {
    for (const { path: field, message } of [...fileProblems(asked), ...choiceProblems(asked)])
      problems.addIssue({ code: 'custom', path: [field], message })
  })
export type RunRequest = z.infer<typeof runRequest>

const recordingFields = ['path', 'url', 'recordingId'] as const
const transcriptFields = ['transcriptPath', 'transcriptUrl', 'transcriptId'] as const

function fileProblems(asked: Record<string, unknown>): { path: string; message: string }[] {
  const given = (fields: readonly string[]) => fields.filter((field) => asked[field] !== undefined)
  const [recordings, transcripts] = [given(recordingFields), given(transcriptFields)]
  const problems: { path: string; message: string }[] = []
  if (recordings.length === 0)
    problems.push({ path: 'path', message: 'Say which recording: path, url or recordingId.' })
  if (recordings.length > 1) problems.push({ path: recordings[1] ?? '', message: 'Say the recording in one way only.' })
  if (transcripts.length > 1)
    problems.push({ path: transcripts[1] ?? '', message: 'Say the transcript in one way only.' })
  if (transcripts.length > 0 && asked['withoutWords'] === true)
    problems.push({ path: transcripts[0] ?? '', message: 'goes with words, and withoutWords wants none.' })
  if (asked['episode'] !== undefined && asked['url'] === undefined)
    problems.push({ path: 'episode', message: 'goes with the url of a feed.' })
  return problems
}

interface Asking {
  pipeline: Pick<Pipeline, 'database' | 'dataFolder' | 'tools'>
  files: NamedFiles
  /** What was not asked is as the library has it. */
  defaults?: RunDefaults
}

/**
 * Settings of the run, with clips in the data folder. Every file is looked at before anything is begun.
 * @throws MediaNotFound | MediaEmpty | RecordingNotFound | RecordingMoved | TranscriptNotFound | MusicUnusable | BrandMediaUnusable | PathNotAllowed | UploadNotUsable
 */
export async function settingsOf(asked: RunRequest, asking: Asking): Promise<RunSettings> {
  const { pipeline, files, defaults = {} } = asking
  const { music, brand } = asked
  const about = await recordingOf(asked, asking)
  const out = join(
    pipeline.dataFolder,
    'clips',
    `${safeFileName(about.title) || 'recording'}-${nameOfPlace(about.path)}`,
  )
  const media = createMedia({ tools: pipeline.tools })
  try {
    return {
      ...settleChoices(asked, defaults),
      ...about,
      ...(await transcriptOf(asked, asking)),
      ...(music && { music: { path: await musicAt(await files.pathOf(music.file), media), level: music.level } }),
      ...(brand && { brand: await brandOf(brand, { files, media, dataFolder: pipeline.dataFolder }) }),
      out,
    }
  } catch (error) {
    const names = new Map(
      [...files.used.values()].map(({ path: place, fileName }) => [place ?? '', fileName || 'The file']),
    )
    // What is wrong with the request itself names no place, and says more than a sentence.
    throw error instanceof AppError && !(error instanceof BadRequest) && names.size > 0
      ? new NamedError(error, names)
      : error
  }
}

/** To be done in the transaction that begins the run: what it uses of uploads stays. */
export function keepUsed(files: NamedFiles): (tx: Transaction<Tables>, runId: string) => Promise<void> {
  return (tx, runId) => setUsed(tx, { ids: [...files.used.keys()], runId })
}

type About = Pick<RunSettings, 'path' | 'title' | 'link'>

async function recordingOf({ path: given, url, episode, recordingId }: RunRequest, asking: Asking): Promise<About> {
  const { pipeline, files } = asking
  if (recordingId !== undefined) {
    const db = pipeline.database.kysely
    const recording = await getRecording(db, recordingId)
    return { path: await locateSource(db, recording), title: recording.title }
  }
  if (url !== undefined) {
    const link = { url: new URL(url).href, ...(episode !== undefined && { episode }) }
    return { path: placeOfLink({ dataFolder: pipeline.dataFolder, ...link }), title: nameOfLink(url).stem, link }
  }
  const allowed = await files.allowPath(given ?? '')
  await findMediaFile(allowed)
  const place = await realpath(allowed)
  return { path: place, title: basename(place, extname(place)) || basename(place) }
}

async function transcriptOf(
  { transcriptPath, transcriptUrl, transcriptId }: RunRequest,
  { pipeline: { dataFolder }, files }: Asking,
): Promise<Pick<RunSettings, 'transcriptPath' | 'transcriptLink'>> {
  if (transcriptUrl !== undefined) {
    const { href } = new URL(transcriptUrl)
    return { transcriptPath: placeOfLink({ dataFolder, url: href }), transcriptLink: href }
  }
  if (transcriptId !== undefined) return { transcriptPath: await files.pathOfUpload(transcriptId, 'transcript') }
  if (transcriptPath === undefined) return { transcriptPath: null }
  await findTranscriptFile(await files.allowPath(transcriptPath))
  return { transcriptPath }
}

async function musicAt(place: string, media: Parameters<typeof checkMusic>[0]['media']): Promise<string> {
  await checkMusic({ path: place, media })
  return place
}

/** Recordings of the same name in two folders don't share one of clips. */
function nameOfPlace(place: string): string {
  return createHash('sha256').update(place).digest('hex').slice(0, 8)
}
