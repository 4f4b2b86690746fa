/** What yt-dlp is told to print of its progress, and what it prints then: `[clipwright] downloading 1024 4096 NA 512.5`. */
export const progressTemplate =
  'download:[clipwright] %(progress.status)s %(progress.downloaded_bytes)s %(progress.total_bytes)s %(progress.total_bytes_estimate)s %(progress.speed)s'

export interface PageProgress {
  status: string
  /** Of the file that is being downloaded; picture and sound may be two. */
  receivedBytes: number
  totalBytes: number | null
  bytesPerSecond: number | null
}

/** Null for any other line. */
export function parsePageProgress(line: string): PageProgress | null {
  const parts = /^\s*\[clipwright\] (\w+) (\S+) (\S+) (\S+) (\S+)\s*$/.exec(line)
  if (parts === null) return null
  const [, status = '', received, total, estimate, speed] = parts
  const receivedBytes = amount(received)
  return receivedBytes === null
    ? null
    : { status, receivedBytes, totalBytes: amount(total) ?? amount(estimate), bytesPerSecond: amount(speed) }
}

/** `NA` stands for what is not known. */
function amount(text: string | undefined): number | null {
  const value = Number(text ?? Number.NaN)
  return Number.isFinite(value) && value >= 0 ? value : null
}
