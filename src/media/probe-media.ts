import pLimit from 'p-limit'
import type { MediaInfo } from '../domain/media-info.ts'
import { formatClock, roundToMs } from '../domain/time-range.ts'
import type { ChildProcessLedger } from './child-process-ledger.ts'
import { looksLikeList } from './looks-like-list.ts'
import { measureEnd } from './measure-end.ts'
import { FfmpegFailed, MediaNotAllowed, MediaUnreadable } from './media-errors.ts'
import { fileUrl, safeInputOptions, saysNotAllowed } from './media-input.ts'
import type { MediaTools } from './media-tools.ts'
import { type ParsedProbe, parseProbe } from './parse-probe.ts'
import { runTool } from './run-tool.ts'

export interface ProbeRequest {
  tools: MediaTools
  path: string
  sizeBytes: number
  signal?: AbortSignal | undefined
  ledger?: ChildProcessLedger | undefined
}

/** Two at once in this process, however many recordings arrive together. */
const pool = pLimit(2)
const PROBE_TIMEOUT_SECONDS = 20
/** Real files stay under a megabyte; more is a file made to fill memory. */
const MAX_REPORT_BYTES = 16 * 1024 * 1024
/** Headers and packets of sound files differ by this much. */
const TOLERATED_SECONDS = 2

/**
 * What this file is made of, checked against what is really in it.
 * @throws MediaNotAllowed | MediaUnreadable | MediaPictureTooLarge | FfmpegTimedOut and the other failures of `runTool`
 */
export function probeMedia(request: ProbeRequest): Promise<MediaInfo> {
  return pool(async () => {
    const probe = await readHeaders(request)
    return withMeasuredDuration(request, probe)
  })
}

async function readHeaders({ tools, path, sizeBytes, signal, ledger }: ProbeRequest): Promise<ParsedProbe> {
  const report: Buffer[] = []
  let reportBytes = 0
  try {
    await runTool({
      command: tools.ffprobe.path,
      env: tools.ffprobe.env,
      args: [
        ['-v', 'error', '-hide_banner', ...safeInputOptions],
        ['-show_format', '-show_streams', '-of', 'json', fileUrl(path)],
      ].flat(),
      signal,
      ledger,
      timeoutSeconds: PROBE_TIMEOUT_SECONDS,
      onStdout: (chunk) => {
        reportBytes += chunk.length
        if (reportBytes > MAX_REPORT_BYTES) throw new MediaUnreadable(path)
        report.push(chunk)
      },
    })
  } catch (error) {
    if (!(error instanceof FfmpegFailed)) throw error
    const refused = saysNotAllowed(error.evidence?.output ?? '') || (await looksLikeList(path))
    if (refused) throw new MediaNotAllowed(path, error.evidence)
    throw new MediaUnreadable(path, error.evidence)
  }
  const probe = parseProbe(Buffer.concat(report).toString('utf8'), { sizeBytes })
  if (!probe) throw new MediaUnreadable(path)
  return probe
}

async function withMeasuredDuration(request: ProbeRequest, probe: ParsedProbe): Promise<MediaInfo> {
  const { info, claimedDuration, timestampOffset } = probe
  const streams = [...(info.video ? [info.video] : []), ...info.audio].map(({ streamIndex }) => streamIndex)
  // Nothing to measure; the caller refuses a file without picture and sound.
  if (streams.length === 0) return { ...info, duration: claimedDuration ?? 0 }
  const measured = await measureEnd({ ...request, streams, claimedDuration, timestampOffset })
  return {
    ...info,
    duration: roundToMs(Math.max(0, measured ?? claimedDuration ?? 0)),
    warnings: [...info.warnings, ...warnAboutLength(claimedDuration, measured)],
  }
}

function warnAboutLength(claimed: number | null, measured: number | null): string[] {
  if (measured === null) return ['How long the file really is could not be checked.']
  if (claimed === null) return ['The file does not say how long it is; its length was measured.']
  if (Math.abs(claimed - measured) <= Math.max(TOLERATED_SECONDS, claimed * 0.01)) return []
  return [
    `The file claims to last ${formatClock(claimed)} but its content ends at ${formatClock(measured)}; that is used.`,
  ]
}
