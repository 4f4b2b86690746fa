import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '../../../domain/app-error.ts'
import { findOnSystem } from '../../../media/find-on-system.ts'
import { sha256OfFile } from '../../../media/sha256-of-file.ts'
import { needSpace } from '../../../network/free-space.ts'
import { DownloadTooLarge } from '../../../network/network-errors.ts'
import type { FetchOptions } from '../../../pipeline/ingest/downloader.ts'
import { type DownloadedCaptions, type DownloadRecord, removeDownloadRecord } from '../download-record.ts'
import type { DownloadTools } from '../download-tools.ts'
import { sourceId } from '../fetch-file.ts'
import { askPage, type PageTarget } from './ask-page.ts'
import { chooseCaptions } from './choose-captions.ts'
import { downloadPage } from './download-page.ts'
import { notesOfPage, type PageInfo, sizeOfPage } from './page-info.ts'
import { runYtDlp } from './run-yt-dlp.ts'
import { YtDlpFailed, YtDlpMissing } from './yt-dlp-errors.ts'

interface PageRequest {
  url: string
  /** Path the recording is to have. */
  to: string
  /** Of several on one page, counted from 1. */
  item?: number | undefined
  what: 'page' | 'stream'
  /** Thrown instead when there is no yt-dlp, or it finds nothing there. */
  otherwise?: AppError
  /** What is here already. */
  known: DownloadRecord | null
  options: FetchOptions
}

/**
 * The recording of a page, by yt-dlp, with its captions, chapters and most replayed stretches. The program finds out first
 * what there is: what is live, too large or one of many is told before a byte is downloaded.
 */
export async function fetchPage(tools: DownloadTools, request: PageRequest): Promise<DownloadRecord> {
  const { url, to, options, otherwise } = request
  const onProgress: FetchOptions['onProgress'] = (progress) => options.onProgress(progress)
  const command = await findYtDlp(tools, request)
  const folder = join(dirname(to), 'page')
  await mkdir(folder, { recursive: true })
  const target: PageTarget = {
    command,
    url,
    item: request.item,
    folder,
    guard: tools.guard,
    options,
    timeoutSeconds: tools.wholeSeconds,
  }
  try {
    onProgress({ fraction: 0, message: 'yt-dlp reads the page' })
    const { info, item } = await askPage(target)
    const { known } = request
    if (known !== null && known.pageId === pageIdOf(info)) return known
    await refuseSize(tools, { info, url, folder })
    await removeDownloadRecord(to)
    await downloadPage(
      { ...target, item },
      {
        info,
        mostBytes: tools.mostBytes,
        makeRoom: (bytes) => tools.quota.makeRoom(bytes),
        onProgress,
        ffmpegPath: tools.ffmpegPath,
      },
    )
    const found = await onlyMedia(folder, url)
    const { captions, warnings } = await fetchCaptions({ ...target, item }, { info, to, onProgress })
    const sha256 = await sha256OfFile(found, { signal: options.signal })
    const { size } = await stat(found)
    await rename(found, to)
    await rm(folder, { recursive: true, force: true })
    return recordOf({ info, url, bytes: size, sha256, captions, warnings })
  } catch (error) {
    if (error instanceof AppError && error.retry === 'never') await rm(folder, { recursive: true, force: true })
    if (otherwise && error instanceof AppError && error.code === 'PAGE_REFUSED') throw otherwise
    throw error
  }
}

/** @throws YtDlpMissing */
async function findYtDlp(
  { ytDlpPath }: DownloadTools,
  { url, what, otherwise, options }: PageRequest,
): Promise<string> {
  if (ytDlpPath !== null) {
    const path = resolve(ytDlpPath)
    const isThere = await stat(path).then(
      (found) => found.isFile(),
      () => false,
    )
    if (!isThere) throw new YtDlpMissing(url, { what, path })
    return path
  }
  const found = await findOnSystem('yt-dlp', options.signal)
  if (found === null) throw otherwise ?? new YtDlpMissing(url, { what })
  return found
}

async function refuseSize(
  tools: DownloadTools,
  { info, url, folder }: { info: PageInfo; url: string; folder: string },
): Promise<void> {
  const bytes = sizeOfPage(info)
  if (bytes === null) return
  if (bytes > tools.mostBytes) throw new DownloadTooLarge(new URL(url), { bytes, most: tools.mostBytes })
  await tools.quota.makeRoom(bytes)
  // While picture and sound are joined both are there twice.
  await needSpace(folder, { bytes: 2 * bytes })
}

/** What yt-dlp left, whatever ending it has chosen. */
async function onlyMedia(folder: string, url: string): Promise<string> {
  const names = (await readdir(folder)).filter(
    (name) => /^media\.[a-z0-9]{2,5}$/i.test(name) && !/\.(?:part|ytdl|temp)$/i.test(name),
  )
  const [first] = names
  if (first === undefined)
    throw new YtDlpFailed(url, { problem: 'it ended without an error and without a file', retry: 'never' })
  return join(folder, first)
}

interface Captions {
  captions: DownloadedCaptions[]
  warnings: string[]
}

/** Captions are a gift: without them the recording is still there. */
async function fetchCaptions(
  target: PageTarget,
  { info, to, onProgress }: { info: PageInfo; to: string; onProgress: FetchOptions['onProgress'] },
): Promise<Captions> {
  const chosen = chooseCaptions(info)
  if (chosen === null) return { captions: [], warnings: [] }
  const { url, folder } = target
  const which = chosen.kind === 'published' ? '--write-subs' : '--write-auto-subs'
  try {
    onProgress({ fraction: 1, message: 'fetching its captions' })
    await runYtDlp({
      ...target,
      args: [
        ['--quiet', '--no-playlist', '--skip-download', which, '--sub-langs', chosen.track, '--sub-format', 'vtt/srt'],
        [
          '--output',
          'captions.%(ext)s',
          ...(target.item === undefined ? [] : ['--playlist-items', String(target.item)]),
        ],
      ].flat(),
    })
    const file = (await readdir(folder)).find((name) => /^captions\.[\w-]+\.(?:vtt|srt)$/.test(name))
    if (file === undefined)
      return { captions: [], warnings: [`The captions of ${new URL(url).host} were not to be had.`] }
    await rename(join(folder, file), join(dirname(to), file))
    const language = chosen.track.replace(/-orig$/, '')
    return { captions: [{ file, language, kind: chosen.kind, from: new URL(url).host }], warnings: [] }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { captions: [], warnings: [`The captions of ${new URL(url).host} were not to be had. ${error.message}`] }
  }
}

interface Fetched extends Captions {
  info: PageInfo
  url: string
  bytes: number
  sha256: string
}

function recordOf({ info, url, bytes, sha256, captions, warnings }: Fetched): DownloadRecord {
  return {
    version: 1,
    file: '',
    bytes,
    sha256,
    etag: null,
    lastModified: null,
    pageId: pageIdOf(info),
    source: sourceId(url),
    title: info.title?.trim() || null,
    name: null,
    warnings,
    notes: notesOfPage(info),
    captions,
  }
}

/** What names the recording at its site; with its length, so that a stream that was cut afterwards is another one. */
function pageIdOf({ extractor_key, id, duration }: PageInfo): string {
  return `${extractor_key ?? ''}:${id}:${duration ?? ''}`
}
