import { type BigIntStats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { MediaInfo } from '../domain/media-info.ts'
import type { Logger } from '../observability/logger.ts'
import type { ChildProcessLedger } from './child-process-ledger.ts'
import type { MediaTools } from './media-tools.ts'
import { createProgressParser } from './parse-progress.ts'
import { probeMedia } from './probe-media.ts'
import { runTool, type ToolResult, type ToolRun } from './run-tool.ts'
import { splitLines } from './split-lines.ts'

export interface FfmpegProgressReport {
  /** 0 to 1, never going back; 0 while the length of the work is unknown. */
  fraction: number
  /** Times real time; null while unknown. */
  speed: number | null
  /** Seconds of output so far. */
  time: number
  /** Frames of output so far; null without video. */
  frames: number | null
}

export interface FfmpegRun {
  /**
   * Everything after the global options: inputs (by `mediaInput`), filters, outputs. Standard output is taken by progress,
   * except in `ffmpegBytes`.
   */
  args: readonly string[]
  /** Seconds of output to expect, for the fraction and for the time limit. */
  duration?: number | undefined
  onProgress?: ((progress: FfmpegProgressReport) => void) | undefined
  cwd?: string | undefined
  /** Seconds without any sign of life before it is ended; 60 unless told. */
  stallSeconds?: number | undefined
  /** Seconds it may take at most; 5 minutes plus 30 times the duration unless told, or 2 hours without one. */
  timeoutSeconds?: number | undefined
  /** `info` for filters that report that way; `warning` unless told. */
  logLevel?: 'warning' | 'info' | undefined
}

/** ffmpeg and ffprobe, bound to this process's tools, to a signal and to the ledger of child processes. */
export interface Media {
  readonly tools: MediaTools
  /**
   * What a file is made of; at most two at once, 20 s each, remembered by path, size, time of change and inode.
   * @throws MediaNotAllowed | MediaUnreadable | MediaPictureTooLarge, the failures of `runTool`, or the file system's
   */
  probe(path: string): Promise<MediaInfo>
  /** Runs ffmpeg to its end. @throws the failures of `runTool` */
  ffmpeg(run: FfmpegRun): Promise<ToolResult>
  /** The same, handing over each line of standard error (at level `info`) as it comes, so memory stays flat. */
  ffmpegLines(run: FfmpegRun & { onLine: (line: string) => void }): Promise<ToolResult>
  /**
   * The same for arguments that write to `pipe:1`: what comes through it, so that a crash leaves no file. Without progress,
   * hence ended only by the time limit (`timeoutSeconds`) and not for being silent, unless `stallSeconds` is given.
   * @throws Error when more than `mostBytes` come, and the failures of `runTool`
   */
  ffmpegBytes(run: Omit<FfmpegRun, 'onProgress'> & { mostBytes: number }): Promise<Buffer>
  /** The same media, ended by this signal too. */
  withSignal(signal: AbortSignal): Media
}

export interface MediaContext {
  tools: MediaTools
  signal?: AbortSignal | undefined
  ledger?: ChildProcessLedger | undefined
  logger?: Logger | undefined
}

/** A library of thousands fits; what was looked at longest ago goes first. */
const REMEMBERED_PROBES = 2000

export function createMedia(context: MediaContext): Media {
  return bind(context, new Map())
}

function bind(context: MediaContext, probes: Map<string, MediaInfo>): Media {
  const { tools } = context
  return {
    tools,
    probe: (path) => probeOnce(context, probes, resolve(path)),
    ffmpeg: (run) => runFfmpeg(context, run),
    ffmpegLines: ({ onLine, ...run }) => runFfmpeg(context, { logLevel: 'info', ...run }, onLine),
    ffmpegBytes: (run) => readBytes(context, run),
    withSignal: (signal) => bind({ ...context, signal: anyOf(context.signal, signal) }, probes),
  }
}

function anyOf(first: AbortSignal | undefined, second: AbortSignal): AbortSignal {
  return first ? AbortSignal.any([first, second]) : second
}

async function probeOnce(context: MediaContext, probes: Map<string, MediaInfo>, path: string): Promise<MediaInfo> {
  const { tools, signal, ledger } = context
  const file = await stat(path, { bigint: true })
  const key = identityOf(path, file)
  const known = probes.get(key)
  // Only results are kept, not promises: one caller's cancel must not be another's failure.
  const info = known ?? (await probeMedia({ tools, path, sizeBytes: Number(file.size), signal, ledger }))
  probes.delete(key)
  probes.set(key, info)
  const oldest = probes.keys().next()
  if (probes.size > REMEMBERED_PROBES && !oldest.done) probes.delete(oldest.value)
  return structuredClone(info)
}

function identityOf(path: string, { size, mtimeNs, ino, dev }: BigIntStats): string {
  return [size, mtimeNs, ino, dev, path].join('|')
}

function runFfmpeg(context: MediaContext, run: FfmpegRun, onLine?: (line: string) => void): Promise<ToolResult> {
  const progress = splitLines(createReporter(run))
  const args = ['-progress', 'pipe:1', ...run.args]
  return carryOut(context, { ...run, args }, { onStdout: (chunk) => progress.write(chunk), onStderrLine: onLine })
}

async function readBytes(context: MediaContext, run: FfmpegRun & { mostBytes: number }): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  const onStdout = (chunk: Buffer) => {
    size += chunk.length
    if (size > run.mostBytes) throw new Error(`ffmpeg wrote more than the ${run.mostBytes} bytes it was to write.`)
    chunks.push(chunk)
  }
  const stallSeconds = run.stallSeconds ?? timeLimitOf(run)
  await carryOut(context, { ...run, stallSeconds }, { onStdout })
  return Buffer.concat(chunks)
}

async function carryOut(
  { tools, signal, ledger, logger }: MediaContext,
  run: FfmpegRun,
  streams: Pick<ToolRun, 'onStdout' | 'onStderrLine'>,
): Promise<ToolResult> {
  const { args, cwd, stallSeconds, logLevel = 'warning' } = run
  const result = await runTool({
    command: tools.ffmpeg.path,
    env: tools.ffmpeg.env,
    args: ['-hide_banner', '-nostdin', '-nostats', '-loglevel', logLevel, ...args],
    signal,
    ledger,
    cwd,
    stallSeconds,
    timeoutSeconds: timeLimitOf(run),
    ...streams,
  })
  logger?.debug({ args, seconds: result.seconds }, 'ffmpeg done')
  return result
}

function timeLimitOf({ timeoutSeconds, duration }: FfmpegRun): number {
  return timeoutSeconds ?? (duration === undefined ? 7200 : 300 + 30 * duration)
}

function createReporter({ duration, onProgress }: FfmpegRun): (line: string) => void {
  const parseLine = createProgressParser()
  let [fraction, time] = [0, 0]
  return (line) => {
    const report = parseLine(line)
    if (!report || !onProgress) return
    time = Math.max(time, report.time ?? 0)
    const reached = duration === undefined || duration <= 0 ? 0 : Math.min(1, time / duration)
    fraction = report.ended && duration !== undefined ? 1 : Math.max(fraction, reached)
    onProgress({ fraction, speed: report.speed, time, frames: report.frames })
  }
}
