import type { NetworkGuard } from '../../network/network-guard.ts'
import type { WebClient } from '../../network/web-client.ts'
import type { StorageQuota } from './storage-quota.ts'

/** What every way of downloading uses. */
export interface DownloadTools {
  client: WebClient
  guard: NetworkGuard
  quota: StorageQuota
  /** Of one recording. */
  mostBytes: number
  /** Of one download, waits included. */
  wholeSeconds: number
  /** yt-dlp of the setting; null: the one of the system, if there is one. */
  ytDlpPath: string | null
  /** For yt-dlp, which joins picture and sound with it. */
  ffmpegPath: string
}
