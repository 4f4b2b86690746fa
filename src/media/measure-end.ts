import type { ChildProcessLedger } from './child-process-ledger.ts'
import { FfmpegFailed, FfmpegTimedOut } from './media-errors.ts'
import { fileUrl, mediaInput, safeInputOptions } from './media-input.ts'
import type { MediaTools } from './media-tools.ts'
import { createProgressParser } from './parse-progress.ts'
import { runTool } from './run-tool.ts'
import { splitLines } from './split-lines.ts'

export interface EndOfMedia {
  tools: MediaTools
  path: string
  /** The streams that count, by index. */
  streams: number[]
  /** Seconds the header claims; null when it claims nothing. */
  claimedDuration: number | null
  /** What the first timestamp of the file reads, in seconds. */
  timestampOffset: number
  signal?: AbortSignal | undefined
  ledger?: ChildProcessLedger | undefined
}

/** Long enough to meet a packet of every stream, short enough to read at once. */
const TAIL_SECONDS = 10
const TAIL_TIMEOUT_SECONDS = 20
/** Reading all packets of a file, at disk speed. */
const WALK_TIMEOUT_SECONDS = 1800

/**
 * Where the packets really end, in seconds from the start of the recording: cheaply from the last packets, which are found by
 * seeking to near the claimed end; else by reading all of them without decoding (then short of the end by up to one frame).
 * Null when neither gives a time.
 */
export async function measureEnd(media: EndOfMedia): Promise<number | null> {
  return (await endOfTail(media)) ?? (await endOfWalk(media))
}

async function endOfTail(media: EndOfMedia): Promise<number | null> {
  const { tools, path, streams, claimedDuration, timestampOffset, signal, ledger } = media
  if (claimedDuration === null) return null
  const from = Math.max(0, claimedDuration - TAIL_SECONDS) + timestampOffset
  let end: number | null = null
  const lines = splitLines((line) => {
    const packet = parsePacket(line)
    if (packet && streams.includes(packet.stream)) end = Math.max(end ?? 0, packet.end - timestampOffset)
  })
  try {
    await runTool({
      command: tools.ffprobe.path,
      env: tools.ffprobe.env,
      args: [
        ['-v', 'error', '-hide_banner', ...safeInputOptions, '-read_intervals', `${from}%`],
        ['-show_entries', 'packet=stream_index,pts_time,dts_time,duration_time', '-of', 'compact=p=0', fileUrl(path)],
      ].flat(),
      signal,
      ledger,
      timeoutSeconds: TAIL_TIMEOUT_SECONDS,
      onStdout: (chunk) => lines.write(chunk),
    })
  } catch (error) {
    // A file that can't be sought in is not refused for that; neither is one too slow to.
    if (!(error instanceof FfmpegFailed || error instanceof FfmpegTimedOut)) throw error
    return null
  }
  lines.end()
  return end
}

/** `stream_index=1|pts_time=4.495000|dts_time=4.495000|duration_time=0.023000`, any of them `N/A`. */
function parsePacket(line: string): { stream: number; end: number } | null {
  const fields = new Map(line.split('|').map((field) => splitAtFirst(field, '=')))
  const number = (name: string) => Number(fields.get(name) ?? Number.NaN)
  const pts = number('pts_time')
  const time = Number.isNaN(pts) ? number('dts_time') : pts
  const [stream, length] = [number('stream_index'), number('duration_time')]
  if (!Number.isFinite(stream) || !Number.isFinite(time)) return null
  return { stream, end: time + (Number.isFinite(length) ? length : 0) }
}

function splitAtFirst(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

async function endOfWalk({ tools, path, streams, signal, ledger }: EndOfMedia): Promise<number | null> {
  const parseLine = createProgressParser()
  let end: number | null = null
  const lines = splitLines((line) => {
    end = parseLine(line)?.time ?? end
  })
  try {
    await runTool({
      command: tools.ffmpeg.path,
      env: tools.ffmpeg.env,
      args: [
        ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-progress', 'pipe:1', ...mediaInput(path)],
        streams.flatMap((stream) => ['-map', `0:${stream}`]),
        ['-c', 'copy', '-f', 'null', '-'],
      ].flat(),
      signal,
      ledger,
      timeoutSeconds: WALK_TIMEOUT_SECONDS,
      onStdout: (chunk) => lines.write(chunk),
    })
  } catch (error) {
    if (!(error instanceof FfmpegFailed)) throw error
    return null
  }
  lines.end()
  return end
}
