import { mkdir, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { AppError } from '../../domain/app-error.ts'
import { downloadFile } from '../../network/download-file.ts'
import { ServerRefused } from '../../network/network-errors.ts'
import { readLink } from '../../network/web-client.ts'
import type { Downloader, FetchedRecording, FetchOptions, LinkRequest } from '../../pipeline/ingest/downloader.ts'
import { describeDownload } from './describe-download.ts'
import { type DownloadRecord, readDownloadRecord, writeDownloadRecord } from './download-record.ts'
import type { DownloadTools } from './download-tools.ts'
import { fetchEpisode } from './feeds/fetch-episode.ts'
import { fetchFile, OtherContent } from './fetch-file.ts'
import { holdPatiently } from './hold-download.ts'
import { fetchPage } from './pages/fetch-page.ts'
import { stillSame } from './still-same.ts'

const mostTranscriptBytes = 50_000_000

/** Downloads what a link names: a file as it is, an episode out of a feed, a page's recording by yt-dlp. */
export function createLinkDownloader(tools: DownloadTools): Downloader {
  return {
    async fetchRecording(request, options) {
      refuseAtOnce(tools, request.url)
      const folder = dirname(request.to)
      await using _held = await holdPatiently(folder, {
        signal: options.signal,
        onWait: ({ pid }) =>
          options.onProgress({ fraction: 0, message: `process ${pid} is downloading it already`, isWaiting: true }),
      })
      await tools.quota.removeForgotten(new Date())
      await mkdir(folder, { recursive: true })
      const known = await readDownloadRecord(request.to)
      const reused = known === null ? null : await reuse(tools, { request, known, options })
      if (reused !== null) return reused
      const record = await fetchAnew(tools, { request, known, options })
      if (record === known) return fetchedOf(known, { reused: true })
      await writeDownloadRecord(request.to, { ...record, file: basename(request.to) })
      return fetchedOf(record, { reused: false })
    },
    async fetchTranscript({ url, to }, options) {
      refuseAtOnce(tools, url)
      await using _held = await holdPatiently(dirname(to), { signal: options.signal, onWait: () => undefined })
      await mkdir(dirname(to), { recursive: true })
      await downloadFile({
        url,
        to,
        client: tools.client,
        signal: options.signal,
        limits: { mostBytes: Math.min(mostTranscriptBytes, tools.mostBytes), wholeSeconds: tools.wholeSeconds },
        makeRoom: (bytes) => tools.quota.makeRoom(bytes),
        onProgress: (progress) => options.onProgress(describeDownload(progress)),
      })
    },
    async discard(to) {
      await rm(dirname(to), { recursive: true, force: true })
    },
  }
}

/** What can be told without asking anybody. */
function refuseAtOnce({ guard }: DownloadTools, link: string): void {
  guard.checkUrl(readLink(link))
}

interface Reusing {
  request: LinkRequest
  known: DownloadRecord
  options: FetchOptions
}

/** What is here, when it is still the same there, or when nobody there can be asked; null when it has to be fetched anew. */
async function reuse(tools: DownloadTools, { request, known, options }: Reusing): Promise<FetchedRecording | null> {
  // Of a page or an episode only who fetches it can tell.
  if (known.pageId !== null || request.episode !== undefined) return null
  options.onProgress({ fraction: 0, message: 'asking whether it has changed' })
  try {
    const same = await stillSame(request.url, { record: known, client: tools.client, signal: options.signal })
    return same ? fetchedOf(known, { reused: true }) : null
  } catch (error) {
    options.signal.throwIfAborted()
    if (!(error instanceof AppError) || error.retry === 'never') throw error
    const warning = `Whether it has changed could not be asked; what was downloaded before is used. (${error.message})`
    return fetchedOf({ ...known, warnings: [...known.warnings, warning] }, { reused: true })
  }
}

interface Fetching extends Omit<Reusing, 'known'> {
  known: DownloadRecord | null
}

/** Answers with `known` itself when that is still what is there. */
async function fetchAnew(tools: DownloadTools, { request, known, options }: Fetching): Promise<DownloadRecord> {
  const { url, to, episode } = request
  const given = { url, to, known, options }
  if (episode !== undefined) return fetchEpisode(tools, { ...given, episode })
  try {
    return await fetchFile(tools, given)
  } catch (error) {
    if (error instanceof OtherContent && error.kind === 'feed') return fetchEpisode(tools, given)
    if (error instanceof OtherContent)
      return fetchPage(tools, { ...given, what: error.kind === 'stream' ? 'stream' : 'page' })
    // Sites that want a browser refuse us and not yt-dlp.
    if (error instanceof ServerRefused && (error.status === 401 || error.status === 403)) {
      return fetchPage(tools, { ...given, what: 'page', otherwise: error })
    }
    throw error
  }
}

function fetchedOf(record: DownloadRecord, { reused }: { reused: boolean }): FetchedRecording {
  const { title, name, sha256, notes, warnings } = record
  return { title, name, sha256, notes, warnings, reused }
}
