import { createHash } from 'node:crypto'
import { type DownloadedFile, downloadFile } from '../../network/download-file.ts'
import type { WebAnswer } from '../../network/web-client.ts'
import type { FetchOptions } from '../../pipeline/ingest/downloader.ts'
import { describeDownload } from './describe-download.ts'
import type { DownloadRecord } from './download-record.ts'
import { removeDownloadRecord } from './download-record.ts'
import type { DownloadTools } from './download-tools.ts'
import { LinkNotMedia } from './downloader-errors.ts'
import { fileNameOf } from './file-name-of.ts'
import { type ContentKind, sniffContent } from './sniff-content.ts'

/** What was asked for is a page, a feed or a stream: someone else can make something of it. */
export class OtherContent extends Error {
  readonly kind: 'page' | 'feed' | 'stream' | 'file'
  constructor(kind: OtherContent['kind']) {
    super(`the link is a ${kind}`)
    this.kind = kind
  }
}

interface FileRequest {
  url: string
  /** Path the recording is to have. */
  to: string
  options: FetchOptions
}

/** A recording behind a link, downloaded as it is. @throws OtherContent when it is none, and what `downloadFile` throws */
export async function fetchFile(
  tools: DownloadTools,
  { url, to, options }: FileRequest,
): Promise<DownloadRecord & { bytes: number }> {
  // From here on the record would be of another file than the one that is there.
  const { signal, onProgress } = options
  let fraction = 0
  const file = await downloadFile({
    url,
    to,
    client: tools.client,
    signal,
    limits: { mostBytes: tools.mostBytes, wholeSeconds: tools.wholeSeconds },
    inspect: (head, answer) => refuseOther(head, answer),
    makeRoom: async (bytes) => {
      await removeDownloadRecord(to)
      await tools.quota.makeRoom(bytes)
    },
    onProgress: (progress) => {
      const described = describeDownload(progress)
      fraction = described.fraction
      onProgress(described)
    },
    onWait: (message) => onProgress({ fraction, message }),
  })
  return recordOf(file, url)
}

function refuseOther(head: Uint8Array, { headers, url }: WebAnswer): void {
  const kind = sniffContent(head, headers['content-type'])
  if (kind === 'other') return
  if (kind === 'page' || kind === 'feed' || kind === 'stream') throw new OtherContent(kind)
  throw new LinkNotMedia(url, whatItIs[kind])
}

const whatItIs: Record<Exclude<ContentKind, 'page' | 'feed' | 'stream' | 'other'>, string> = {
  text: 'text',
  picture: 'a picture',
  archive: 'an archive or a document',
}

function recordOf(file: DownloadedFile, source: string): DownloadRecord {
  return {
    version: 1,
    file: '',
    bytes: file.bytes,
    sha256: file.sha256,
    etag: file.etag,
    lastModified: file.lastModified,
    pageId: null,
    source: sourceId(source),
    title: null,
    name: fileNameOf(file.headers['content-disposition']),
    warnings: file.notes,
    notes: { chapters: [], replay: [] },
    captions: [],
  }
}

/** Names a link without keeping it: it may hold a password. */
export function sourceId(link: string): string {
  return createHash('sha256').update(new URL(link).href).digest('hex')
}
