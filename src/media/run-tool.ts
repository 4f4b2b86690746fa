import { constants, setPriority } from 'node:os'
import { basename } from 'node:path'
import { performance } from 'node:perf_hooks'
import { execa, type Result } from 'execa'
import type { Evidence } from '../domain/app-error.ts'
import { NoSpace } from '../domain/no-space.ts'
import type { ChildProcessLedger } from './child-process-ledger.ts'
import { FfmpegBroken, FfmpegFailed, FfmpegKilled, FfmpegStalled, FfmpegTimedOut } from './media-errors.ts'
import { createOutputTail } from './output-tail.ts'
import { splitLines } from './split-lines.ts'

export interface ToolRun {
  /** Absolute path of the program. */
  command: string
  args: readonly string[]
  signal?: AbortSignal | undefined
  cwd?: string | undefined
  /** Added to our own environment. */
  env?: Record<string, string> | undefined
  ledger?: ChildProcessLedger | undefined
  onStdout?: ((chunk: Buffer) => void) | undefined
  onStderrLine?: ((line: string) => void) | undefined
  /** Ended after this many seconds without a byte of output. */
  stallSeconds?: number | undefined
  /** Ended after this many seconds whatever it does. */
  timeoutSeconds?: number | undefined
}

export interface ToolResult {
  /** The last lines of standard error, at most 40 lines and 8 kB. */
  stderr: string
  /** Wall time in seconds. */
  seconds: number
}

/** Who ended the program before it was done, if we did. */
type Stop = { why: 'cancelled' | 'stalled' | 'timeout' } | { why: 'failed'; cause: unknown }

/** SIGTERM first; SIGKILL after this, so that a cancel is over within a second. */
const GRACE_MS = 500
/** Below the server's own priority, above idle: a person's browser and our HTTP answers come first. */
const CHILD_PRIORITY = constants.priority.PRIORITY_BELOW_NORMAL
/** Signals a program sends itself by crashing; the others come from outside. */
const CRASHES = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGSYS', 'SIGTRAP'])
/** The system had no room for another process; says nothing about the program. */
const BUSY_CODES = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE'])
const MAX_COMMAND_LENGTH = 4096

/**
 * Runs ffmpeg or ffprobe to its end. The only place that starts a program: at lower priority, without standard input,
 * with flat memory whatever it writes, and never outliving the signal, the watchdog, the time limit or this process.
 * @throws the signal's reason when cancelled
 * @throws FfmpegBroken | FfmpegFailed | FfmpegKilled | FfmpegStalled | FfmpegTimedOut | NoSpace, with evidence
 */
export async function runTool(run: ToolRun): Promise<ToolResult> {
  run.signal?.throwIfAborted()
  const { stallSeconds = 60, timeoutSeconds = 3600 } = run
  const startedAt = performance.now()
  const tail = createOutputTail()
  const stopping = new AbortController()
  let stop: Stop | undefined
  const end = (reason: Stop) => {
    stop ??= reason
    stopping.abort()
  }
  const guarded = <T>(callback: (value: T) => void) => {
    return (value: T) => {
      try {
        callback(value)
      } catch (cause) {
        end({ why: 'failed', cause })
      }
    }
  }

  const onCancel = () => end({ why: 'cancelled' })
  run.signal?.addEventListener('abort', onCancel, { once: true })
  const stall = setTimeout(() => end({ why: 'stalled' }), stallSeconds * 1000)
  const timeout = setTimeout(() => end({ why: 'timeout' }), timeoutSeconds * 1000)
  const command = describeCommand(run)
  try {
    const child = execa(run.command, run.args, {
      stdin: 'ignore',
      buffer: false,
      reject: false,
      cleanup: true,
      cancelSignal: stopping.signal,
      forceKillAfterDelay: GRACE_MS,
      ...(run.cwd === undefined ? {} : { cwd: run.cwd }),
      ...(run.env === undefined ? {} : { env: run.env }),
    })
    const noted = noteStart({ pid: child.pid, command, run, end })

    const lines = splitLines(
      guarded((line) => {
        tail.add(line)
        run.onStderrLine?.(line)
      }),
    )
    const takeStdout = guarded((chunk: Buffer) => run.onStdout?.(chunk))
    child.stdout.on('data', (chunk: Buffer) => {
      stall.refresh()
      takeStdout(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      stall.refresh()
      lines.write(chunk)
    })
    // A wrapper script may leave a grandchild holding our pipes; once we gave up, don't wait for it.
    child.nodeChildProcess.once('exit', () => {
      if (stop) for (const stream of [child.stdout, child.stderr]) stream.destroy()
    })

    const result = await child
    lines.end()
    await noted
    if (child.pid !== undefined) await noteEnd({ pid: child.pid, command, run })

    const seconds = (performance.now() - startedAt) / 1000
    const evidence: Evidence = {
      command,
      exitCode: result.exitCode ?? null,
      signal: result.signal ?? null,
      output: tail.text(),
      durationSeconds: Math.round(seconds * 1000) / 1000,
    }
    const failure = failureOf({ run: { ...run, stallSeconds, timeoutSeconds }, result, stop, evidence })
    if (failure !== undefined) throw failure
    return { stderr: tail.text(), seconds }
  } finally {
    clearTimeout(stall)
    clearTimeout(timeout)
    run.signal?.removeEventListener('abort', onCancel)
  }
}

interface Noting {
  pid: number | undefined
  command: string
  run: ToolRun
  end: (reason: Stop) => void
}

async function noteStart({ pid, command, run, end }: Noting): Promise<void> {
  if (pid === undefined) return
  try {
    setPriority(pid, CHILD_PRIORITY)
  } catch {
    // Already gone, or not permitted: priority is a courtesy.
  }
  try {
    await run.ledger?.started({ pid, command })
  } catch (cause) {
    end({ why: 'failed', cause })
  }
}

async function noteEnd({ pid, command, run }: { pid: number; command: string; run: ToolRun }): Promise<void> {
  try {
    await run.ledger?.ended({ pid, command })
  } catch {
    // The work is done. A note that stays behind names a process that is gone, which its reader checks anyway.
  }
}

interface Ending {
  run: ToolRun & { stallSeconds: number; timeoutSeconds: number }
  result: Pick<Result, 'failed' | 'exitCode' | 'signal' | 'code' | 'cause'>
  stop: Stop | undefined
  evidence: Evidence
}

/** What to throw for this ending; undefined when all went well. */
function failureOf({ run, result, stop, evidence }: Ending): unknown {
  const tool = basename(run.command).replace(/\.exe$/i, '')
  switch (stop?.why) {
    case 'cancelled':
      return run.signal?.reason
    case 'stalled':
      return new FfmpegStalled(tool, run.stallSeconds, evidence)
    case 'timeout':
      return new FfmpegTimedOut(tool, run.timeoutSeconds, evidence)
    case 'failed':
      return stop.cause
    case undefined:
      break
  }
  // ffmpeg before 6 exits with 0 when only the end of the file did not fit on the disk.
  if (evidence.output?.includes('No space left on device')) return new NoSpace({ folder: run.cwd, evidence })
  if (!result.failed) return undefined
  if (result.signal && !CRASHES.has(result.signal)) return new FfmpegKilled(tool, evidence)
  // A terminal's Ctrl-C reaches ffmpeg too; it then exits by itself.
  if (result.exitCode === 255 && /received signal \d+/.test(evidence.output ?? ''))
    return new FfmpegKilled(tool, evidence)
  if (result.exitCode === undefined && !result.signal) {
    if (BUSY_CODES.has(result.code ?? '')) return new FfmpegKilled(tool, { ...evidence, signal: result.code ?? null })
    return new FfmpegBroken(run.command, { cause: result.cause, evidence })
  }
  return new FfmpegFailed(tool, evidence)
}

/** The command line as one could type it, for people. */
function describeCommand({ command, args }: ToolRun): string {
  const quoted = [command, ...args].map((arg) =>
    /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`,
  )
  return quoted.join(' ').slice(0, MAX_COMMAND_LENGTH)
}
