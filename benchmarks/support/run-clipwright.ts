import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { memoryOfTree } from './memory-of-tree.ts'

export interface ClipwrightRun {
  status: number | null
  /** Spawn to exit, seconds. */
  seconds: number
  /** Spawn and exit, seconds since 1970. */
  start: number
  end: number
  /** Spawn to the first line on standard error, which is progress; null without one. Seconds. */
  firstLine: number | null
  /** Greatest memory the process itself had in RAM (VmHWM of proc(5), Linux), without its children. Bytes. */
  peakMemory: number | null
  /** The most it had together with all it started (ffmpeg, the face model, the database where it stays a child), looked at five times a second. Bytes. */
  peakOfAll: number
  output: string
}

const entry = join(import.meta.dirname, '..', '..', 'src', 'entry', 'cli.ts')

/** Starts the command line as a person would, its progress going into a pipe. */
export function startClipwright(
  args: readonly string[],
  env: Record<string, string> = {},
): { child: ChildProcess; done: Promise<ClipwrightRun> } {
  const startedAt = performance.now()
  const start = Date.now() / 1000
  const child = spawn(process.execPath, [entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let [output, firstLine]: [string, number | null] = ['', null]
  const take = (chunk: Buffer) => {
    output += chunk.toString('utf8')
  }
  child.stdout.on('data', take)
  child.stderr.on('data', (chunk: Buffer) => {
    firstLine ??= (performance.now() - startedAt) / 1000
    take(chunk)
  })
  let peakMemory: number | null = null
  const look = setInterval(() => {
    peakMemory = peakMemoryOf(child.pid) ?? peakMemory
  }, 20)
  let peakOfAll = 0
  const lookAtAll = setInterval(() => {
    peakOfAll = Math.max(peakOfAll, memoryOfTree(child.pid) ?? 0)
  }, 200)
  const done = new Promise<ClipwrightRun>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => {
      clearInterval(look)
      clearInterval(lookAtAll)
      const seconds = (performance.now() - startedAt) / 1000
      resolve({ status, seconds, start, end: start + seconds, firstLine, peakMemory, peakOfAll, output })
    })
  })
  return { child, done }
}

/** The same to its end. @throws with all it said when it fails */
export async function runClipwright(args: readonly string[], env: Record<string, string> = {}): Promise<ClipwrightRun> {
  const run = await startClipwright(args, env).done
  if (run.status !== 0) throw new Error(`clipwright ${args.join(' ')} ended with ${run.status}:\n${run.output}`)
  return run
}

function peakMemoryOf(pid: number | undefined): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  } catch {
    return null
  }
}
