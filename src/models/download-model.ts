import { copyFile, mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '../domain/app-error.ts'
import { asNoSpace } from '../domain/no-space.ts'
import { sha256OfFile } from '../media/sha256-of-file.ts'
import { type DownloadProgress, type DownloadRequest, downloadFile } from '../network/download-file.ts'
import { type FreeSpace, needSpace } from '../network/free-space.ts'
import type { WebClient } from '../network/web-client.ts'
import { type InstalledModel, installedModel } from './installed-models.ts'
import { ModelArchiveRefused, ModelChanged, ModelFileNotFound, ModelUnverified } from './model-errors.ts'
import { whileLocked } from './model-lock.ts'
import { downloadBytes, isVerifiable, type ModelDownload, type ModelEntry } from './model-manifest.ts'
import { pin, pinOf } from './model-pins.ts'
import { type ArrivedFile, nameOf, placeModel } from './place-model.ts'

export interface ModelProgress {
  phase: 'downloading' | 'unpacking'
  /** 0 to 1 of this phase; null when nobody knows the length. */
  fraction: number | null
  receivedBytes: number
  totalBytes: number | null
  bytesPerSecond: number | null
  secondsLeft: number | null
}

export interface ModelDownloadRequest {
  entry: ModelEntry
  /** `models` in the data folder; made when missing. */
  folder: string
  client: WebClient
  /** Instead of the manifest's addresses: this one, followed by the file's name. `http(s)` or `file`. */
  baseUrl?: string | undefined
  /** Take what nobody published a checksum for. */
  acceptUnverified: boolean
  signal: AbortSignal
  onProgress?: (progress: ModelProgress) => void
  /** A sentence about what is being waited for. */
  onWait?: (message: string) => void
  /** For tests. */
  freeSpace?: FreeSpace
  wait?: DownloadRequest['wait']
}

/**
 * Gets a model, or answers with the one that is there. What has come of a broken download is kept and gone on from; nothing is
 * used before it is whole, has its checksum, and is unpacked.
 * @throws ModelUnverified | ModelChanged | ModelBusy | ModelArchiveRefused | ModelFileNotFound | NoSpace, the failures of `downloadFile`
 */
export async function downloadModel(request: ModelDownloadRequest): Promise<InstalledModel> {
  const { entry, folder, signal } = request
  signal.throwIfAborted()
  await mkdir(join(folder, incoming), { recursive: true })
  return whileLocked({ folder, name: entry.name }, async () => {
    const there = installedModel(folder, entry)
    if (there && there.record !== null && there.problem === null) return there
    await refuseUnverified(request)
    await needSpace(folder, {
      bytes: (downloadBytes(entry) ?? 0) + entry.unpackedBytes,
      ...(request.freeSpace && { free: request.freeSpace }),
    })
    const arrived: ArrivedFile[] = []
    for (const download of entry.downloads) arrived.push(await fetchOne(request, download))
    const placed = await placeModel({
      folder,
      entry,
      arrived,
      verified: isVerifiable(entry),
      from: request.baseUrl ?? new URL(entry.downloads[0]?.url ?? '').host,
      signal,
      onProgress: (fraction) => request.onProgress?.({ ...unpacking, fraction }),
    }).catch(async (error: unknown) => {
      // What is no model need not be kept; what could not be unpacked this time can be the next.
      if (error instanceof ModelArchiveRefused) await removeAll(arrived)
      throw error
    })
    for (const { download, sha256 } of arrived)
      if (download.sha256 === null) await pin(folder, nameOf(download), sha256)
    await removeAll(arrived)
    return placed
  })
}

/** What has come, until it is unpacked. */
const incoming = '.incoming'
const unpacking = {
  phase: 'unpacking',
  receivedBytes: 0,
  totalBytes: null,
  bytesPerSecond: null,
  secondsLeft: null,
} as const

async function removeAll(files: readonly ArrivedFile[]): Promise<void> {
  for (const { path } of files) await rm(path, { force: true })
}

async function refuseUnverified({ entry, folder, acceptUnverified }: ModelDownloadRequest): Promise<void> {
  if (acceptUnverified || isVerifiable(entry)) return
  for (const download of entry.downloads) {
    if (download.sha256 === null && (await pinOf(folder, nameOf(download))) === null)
      throw new ModelUnverified(entry.name)
  }
}

async function fetchOne(request: ModelDownloadRequest, download: ModelDownload): Promise<ArrivedFile> {
  const { entry, folder, signal } = request
  const name = nameOf(download)
  const to = join(folder, incoming, name)
  const first = download.sha256 === null ? await pinOf(folder, name) : null
  const wanted = download.sha256 ?? first
  const known = await stat(to).then(
    () => sha256OfFile(to, { signal }),
    () => null,
  )
  // Left by an attempt that ended while unpacking.
  if (known !== null && known === wanted) return { path: to, sha256: known, download }
  await rm(to, { force: true })
  const url = addressOf(request, download)
  const sha256 =
    url.protocol === 'file:'
      ? await copyHere(url, to, signal)
      : await fetchHere({ ...request, url, to, download, wanted, first })
  if (wanted !== null && sha256 !== wanted) {
    await rm(to, { force: true })
    throw new ModelChanged({ name: entry.name, isPinned: first !== null })
  }
  return { path: to, sha256, download }
}

function addressOf({ baseUrl }: ModelDownloadRequest, download: ModelDownload): URL {
  if (baseUrl === undefined) return new URL(download.url)
  return new URL(encodeURIComponent(nameOf(download)), baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`)
}

interface Fetching extends ModelDownloadRequest {
  url: URL
  to: string
  download: ModelDownload
  wanted: string | null
  /** The checksum of the first time, where that is what is wanted. */
  first: string | null
}

async function fetchHere({ url, to, download, wanted, first, ...request }: Fetching): Promise<string> {
  const { client, signal, entry, onProgress, onWait, freeSpace, wait } = request
  try {
    const file = await downloadFile({
      url,
      to,
      client,
      signal,
      ...(download.bytes !== null && { expectedBytes: download.bytes }),
      ...(wanted !== null && { sha256: wanted }),
      limits: { mostBytes: (download.bytes ?? entry.unpackedBytes) * 2 },
      onProgress: (progress) => onProgress?.(phaseOf(progress)),
      ...(onWait && { onWait }),
      ...(freeSpace && { freeSpace }),
      ...(wait && { wait }),
    })
    return file.sha256
  } catch (error) {
    if (error instanceof AppError && error.code === 'DOWNLOAD_DAMAGED')
      throw new ModelChanged({ name: entry.name, isPinned: first !== null, cause: error })
    throw error
  }
}

function phaseOf({ receivedBytes, totalBytes, ...pace }: DownloadProgress): ModelProgress {
  const fraction = totalBytes === null || totalBytes === 0 ? null : receivedBytes / totalBytes
  return { phase: 'downloading', fraction, receivedBytes, totalBytes, ...pace }
}

async function copyHere(url: URL, to: string, signal: AbortSignal): Promise<string> {
  const path = fileURLToPath(url)
  try {
    await copyFile(path, to)
  } catch (cause) {
    const error = asNoSpace(cause)
    throw error === cause ? new ModelFileNotFound(path, cause) : error
  }
  return sha256OfFile(to, { signal })
}
