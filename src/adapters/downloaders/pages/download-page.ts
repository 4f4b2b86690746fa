import type { Progress } from '../../../domain/run.ts'
import { DownloadTooLarge } from '../../../network/network-errors.ts'
import { describeDownload } from '../describe-download.ts'
import { formatArgs, type PageTarget } from './ask-page.ts'
import { type PageInfo, sizeOfPage } from './page-info.ts'
import { parsePageProgress, progressTemplate } from './parse-progress.ts'
import { runYtDlp } from './run-yt-dlp.ts'

interface PageDownload {
  info: PageInfo
  mostBytes: number
  /** Throws when there is no room for so many more bytes. */
  makeRoom: (bytes: number) => Promise<void>
  onProgress: (progress: Progress) => void
  ffmpegPath: string
}

/** Between two looks at the room that is left. */
const lookEveryBytes = 32_000_000

/**
 * Downloads a page's recording as `media.…` into the target's folder; what an earlier try has left there is gone on with.
 * @throws DownloadTooLarge, what `makeRoom` and `runYtDlp` throw
 */
export async function downloadPage(
  target: PageTarget,
  { info, mostBytes, makeRoom, onProgress, ffmpegPath }: PageDownload,
): Promise<void> {
  const { url, options } = target
  const noRoom = new AbortController()
  const counter = countBytes(info)
  let lookAt = lookEveryBytes
  const onLine = (line: string) => {
    const progress = counter(line)
    if (progress === null) return
    const { receivedBytes } = progress
    if (receivedBytes > mostBytes) throw new DownloadTooLarge(new URL(url), { bytes: null, most: mostBytes })
    if (receivedBytes >= lookAt) {
      lookAt = receivedBytes + lookEveryBytes
      makeRoom(0).catch((error: unknown) => noRoom.abort(error))
    }
    onProgress(describeDownload({ ...progress, secondsLeft: null }))
  }
  await runYtDlp({
    ...target,
    options: { ...options, signal: AbortSignal.any([options.signal, noRoom.signal]) },
    args: [
      ['--quiet', '--progress', '--newline', '--progress-template', progressTemplate, '--no-playlist', ...formatArgs],
      ['--merge-output-format', 'mp4/mkv', '--max-filesize', String(mostBytes), '--ffmpeg-location', ffmpegPath],
      ['--output', 'media.%(ext)s', ...(target.item === undefined ? [] : ['--playlist-items', String(target.item)])],
    ].flat(),
    onLine,
  })
}

interface Counted {
  receivedBytes: number
  totalBytes: number | null
  bytesPerSecond: number | null
}

/** Picture and sound come one after the other, each counted from zero; together they are one download. */
function countBytes(info: PageInfo): (line: string) => Counted | null {
  const whole = sizeOfPage(info)
  let finished = 0
  let last = 0
  return (line) => {
    const progress = parsePageProgress(line)
    if (progress === null) return null
    const { receivedBytes, totalBytes, bytesPerSecond, status } = progress
    if (receivedBytes < last) finished += last
    last = receivedBytes
    const received = finished + receivedBytes
    const expected = Math.max(whole ?? 0, totalBytes === null ? 0 : finished + totalBytes)
    return {
      receivedBytes: received,
      // What sites say of sizes is an estimate, and may be too small.
      totalBytes: expected === 0 ? null : Math.max(expected, received),
      bytesPerSecond: status === 'finished' ? null : bytesPerSecond,
    }
  }
}
