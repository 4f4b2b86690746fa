import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../domain/app-error.ts'
import type { PublishedChapter } from '../../../domain/source-notes.ts'
import { fetchBytes } from '../../../network/fetch-bytes.ts'
import { DownloadTooLarge, ServerRefused } from '../../../network/network-errors.ts'
import type { WebAnswer } from '../../../network/web-client.ts'
import type { FetchOptions } from '../../../pipeline/ingest/downloader.ts'
import { type DownloadRecord } from '../download-record.ts'
import type { DownloadTools } from '../download-tools.ts'
import { FeedUnreadable } from '../downloader-errors.ts'
import { fetchFile, OtherContent, sourceId } from '../fetch-file.ts'
import { fetchPage } from '../pages/fetch-page.ts'
import { sniffContent } from '../sniff-content.ts'
import { stillSame } from '../still-same.ts'
import { chooseEpisode } from './choose-episode.ts'
import { type Episode, readEpisodes } from './read-episodes.ts'

interface EpisodeRequest {
  url: string
  /** Path the recording is to have. */
  to: string
  episode?: string | undefined
  /** What is here already. */
  known: DownloadRecord | null
  options: FetchOptions
}

/** Feeds with every episode of fifteen years and its notes have ten megabytes. */
const mostFeedBytes = 30_000_000
const mostTranscriptBytes = 50_000_000
const mostChaptersBytes = 2_000_000

/**
 * An episode of a feed, with the transcript and the chapters its publisher gives. A link that is no feed after all is a
 * page with several recordings.
 */
export async function fetchEpisode(tools: DownloadTools, request: EpisodeRequest): Promise<DownloadRecord> {
  const { url, to, options } = request
  const { signal } = options
  options.onProgress({ fraction: 0, message: 'reading the feed' })
  const found = await readFeed(tools, { url, signal })
  if (found instanceof ServerRefused) return fetchItem(tools, request, found)
  if (found instanceof OtherContent) return fetchItem(tools, request)
  if (found === null) return fetchPlainFile(tools, request)
  const episode = chooseEpisode(found, request)
  const { known } = request
  const isKnown = known !== null && known.source === sourceId(episode.url)
  if (isKnown && (await stillSame(episode.url, { record: known, client: tools.client, signal }))) return known
  const record = await fetchMedia(tools, { url: episode.url, to, known: null, options })
  const extras = await fetchExtras(tools, { episode, to, signal })
  return {
    ...record,
    title: episode.title,
    warnings: [...record.warnings, ...extras.warnings],
    notes: { ...record.notes, chapters: extras.chapters.length > 0 ? extras.chapters : record.notes.chapters },
    captions: [...extras.captions, ...record.captions],
  }
}

type Found = Episode[] | OtherContent | ServerRefused | null

/** The episodes of a feed; what it is instead, or what the server answered, where others can go on; null for a file. */
async function readFeed(tools: DownloadTools, { url, signal }: { url: string; signal: AbortSignal }): Promise<Found> {
  const inspect = (head: Uint8Array, { headers }: WebAnswer) => {
    const kind = sniffContent(head, headers['content-type'])
    if (kind !== 'feed') throw new OtherContent(kind === 'page' || kind === 'stream' ? kind : 'file')
  }
  try {
    const { bytes, answer } = await fetchBytes(url, { client: tools.client, mostBytes: mostFeedBytes, signal, inspect })
    return readEpisodes(bytes.toString('utf8'), { base: answer.url })
  } catch (error) {
    if (error instanceof OtherContent) return error.kind === 'file' ? null : error
    if (error instanceof ServerRefused && (error.status === 401 || error.status === 403)) return error
    // What is too large here is no recording, and another limit.
    throw error instanceof DownloadTooLarge ? new FeedUnreadable(url, error) : error
  }
}

/** A file is no feed, and what was meant is plain enough. */
async function fetchPlainFile(tools: DownloadTools, { episode, ...request }: EpisodeRequest): Promise<DownloadRecord> {
  const { known } = request
  const { client } = tools
  if (known !== null && (await stillSame(request.url, { record: known, client, signal: request.options.signal })))
    return known
  const record = await fetchFile(tools, request)
  const warning = `The link is a recording, not a feed: --episode ${episode ?? ''} was of no use.`
  return { ...record, warnings: [...record.warnings, warning] }
}

/** One of several recordings on a page that is no feed. */
function fetchItem(
  tools: DownloadTools,
  { episode, ...request }: EpisodeRequest,
  otherwise?: ServerRefused,
): Promise<DownloadRecord> {
  const item = /^[1-9]\d{0,5}$/.test(episode ?? '') ? Number(episode) : undefined
  return fetchPage(tools, { ...request, item, what: 'page', ...(otherwise && { otherwise }) })
}

/** Some feeds name a page where the recording should be. */
async function fetchMedia(tools: DownloadTools, request: Omit<EpisodeRequest, 'episode'>): Promise<DownloadRecord> {
  try {
    return await fetchFile(tools, request)
  } catch (error) {
    if (!(error instanceof OtherContent)) throw error
    return fetchPage(tools, { ...request, what: error.kind === 'stream' ? 'stream' : 'page' })
  }
}

interface Extras {
  captions: DownloadRecord['captions']
  chapters: PublishedChapter[]
  warnings: string[]
}

interface Extra {
  episode: Episode
  to: string
  signal: AbortSignal
}

/** What comes along is a gift: without it the recording is still there. */
async function fetchExtras(tools: DownloadTools, extra: Extra): Promise<Extras> {
  const warnings: string[] = []
  const orWarn = async <T>(what: string, otherwise: T, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      warnings.push(`The ${what} the feed names could not be had. ${error.message}`)
      return otherwise
    }
  }
  const captions = await orWarn('transcript', [], () => fetchTranscript(tools, extra))
  const chapters = await orWarn('chapters', [], () => fetchChapters(tools, extra))
  return { captions, chapters, warnings }
}

/** Best first: who speaks and when each word is said, then what only has sentences. HTML and plain text have no times. */
const transcriptTypes: readonly (readonly [RegExp, string])[] = [
  [/json/i, 'json'],
  [/vtt/i, 'vtt'],
  [/srt|subrip/i, 'srt'],
]

async function fetchTranscript(
  tools: DownloadTools,
  { episode, to, signal }: Extra,
): Promise<DownloadRecord['captions']> {
  const [best] = transcriptTypes.flatMap(([pattern, ending]) =>
    episode.transcripts
      .filter(({ type, url }) => pattern.test(type) || (type === '' && new URL(url).pathname.endsWith(`.${ending}`)))
      .map((transcript) => ({ ...transcript, ending })),
  )
  if (best === undefined) return []
  const { bytes } = await fetchBytes(best.url, { client: tools.client, mostBytes: mostTranscriptBytes, signal })
  const file = `captions.feed.${best.ending}`
  await writeFile(join(dirname(to), file), bytes)
  return [{ file, language: best.language, kind: 'published', from: new URL(best.url).host }]
}

const chaptersSchema = z.object({
  chapters: z.array(
    z.object({
      startTime: z.number().nonnegative(),
      endTime: z.number().optional().catch(undefined),
      title: z.string().optional().catch(undefined),
      /** False for what is not to be listed. */
      toc: z.boolean().optional().catch(undefined),
    }),
  ),
})

/** Longer than any recording: where the last chapter ends is where the recording does. */
const farEnd = 1e7

/** Chapters of Podcasting 2.0 in JSON; each lasts until the next, where it does not say. */
async function fetchChapters(tools: DownloadTools, { episode, signal }: Extra): Promise<PublishedChapter[]> {
  if (episode.chaptersUrl === null) return []
  const { bytes } = await fetchBytes(episode.chaptersUrl, {
    client: tools.client,
    mostBytes: mostChaptersBytes,
    signal,
  })
  const listed = readChapters(bytes.toString('utf8'))
  return listed.flatMap(({ startTime, endTime, title }, index) => {
    const end = endTime ?? listed[index + 1]?.startTime ?? farEnd
    return end > startTime && title !== undefined ? [{ start: startTime, end, title: title.slice(0, 300) }] : []
  })
}

function readChapters(json: string) {
  try {
    const { chapters } = chaptersSchema.parse(JSON.parse(json))
    return chapters.filter(({ toc }) => toc !== false).toSorted((a, b) => a.startTime - b.startTime)
  } catch {
    return []
  }
}
