import type { Progress } from '../../domain/run.ts'
import type { DownloadProgress } from '../../network/download-file.ts'

/** How far a download is, for people: `downloading 12.3 of 45.6 MB at 5.2 MB/s`. */
export function describeDownload({ receivedBytes, totalBytes, bytesPerSecond }: DownloadProgress): Progress {
  const size =
    totalBytes === null ? megabytes(receivedBytes) : `${megabytes(receivedBytes)} of ${megabytes(totalBytes)}`
  const speed = bytesPerSecond === null ? '' : ` at ${megabytes(bytesPerSecond)} MB/s`
  const fraction = totalBytes === null || totalBytes === 0 ? 0 : Math.min(1, receivedBytes / totalBytes)
  return { fraction, message: `downloading ${size} MB${speed}` }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
