import { join } from 'node:path'
import type { Settings } from '../../config/settings.ts'
import { splitList } from '../../config/split-list.ts'
import { createNetworkGuard } from '../../network/network-guard.ts'
import { openWebClient } from '../../network/web-client.ts'
import type { Downloader } from '../../pipeline/ingest/downloader.ts'
import { downloadsFolder, uploadsFolder } from '../../pipeline/ingest/place-of-link.ts'
import { createLinkDownloader } from './link-downloader.ts'
import { createStorageQuota } from './storage-quota.ts'

type DownloadSettings = Pick<Settings, 'ALLOWED_PRIVATE_HOSTS' | 'MAX_FILE_SIZE' | 'MAX_STORAGE_GB' | 'YTDLP_PATH'>

/** Below what the step may take, so that a download ends by itself and with its own words. */
const wholeSeconds = 3.5 * 3600

interface Surroundings {
  settings: DownloadSettings
  dataFolder: string
  /** For yt-dlp, which joins picture and sound with it. */
  ffmpegPath: string
}

/** The downloader as the settings have it. Asks nobody anything yet. */
export function findDownloader({ settings, dataFolder, ffmpegPath }: Surroundings): Downloader {
  const guard = createNetworkGuard({ allowed: splitList(settings.ALLOWED_PRIVATE_HOSTS) })
  return createLinkDownloader({
    guard,
    client: openWebClient({ guard }),
    quota: createStorageQuota({
      folder: join(dataFolder, downloadsFolder),
      besides: join(dataFolder, uploadsFolder),
      mostBytes: settings.MAX_STORAGE_GB * 1e9,
    }),
    mostBytes: settings.MAX_FILE_SIZE,
    wholeSeconds,
    ytDlpPath: settings.YTDLP_PATH ?? null,
    ffmpegPath,
  })
}
