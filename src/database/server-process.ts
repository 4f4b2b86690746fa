import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, fchownSync, openSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { execa } from 'execa'
import type { Evidence } from '../domain/app-error.ts'
import type { ClusterPaths } from './cluster.ts'
import { EmbeddedServerMissing, EmbeddedServerNotRunnable } from './database-errors.ts'
import { isAlive, readPostmaster } from './postmaster.ts'
import { logTail } from './server-log.ts'
import type { ServerProgram } from './server-program.ts'
import type { ServerReach } from './server-reach.ts'
import { type Listening, serverArguments } from './server-settings.ts'
import { isHeldByAnother, startFailure } from './start-failure.ts'

/** The server is ready within 30 ms; looking more often costs more than it saves. */
const LOOK_AGAIN_MS = 5

export interface StartProcessOptions {
  program: ServerProgram
  paths: ClusterPaths
  reach: ServerReach
  listening: Listening
  settings?: Record<string, string>
  /** A process that is not a server although `postmaster.pid` names it. */
  strangerPid?: number
  signal?: AbortSignal
}

/**
 * Starts the server in a session of its own, so that a terminal's Ctrl-C never reaches it and it outlives us; resolves
 * once it is ready, or once it is clear that another server of the same cluster was faster (`held`).
 * @throws what start-failure names, EmbeddedServerMissing, EmbeddedServerNotRunnable
 */
export async function startServerProcess(options: StartProcessOptions): Promise<'ready' | 'held'> {
  const { program, paths, reach, listening, settings, strangerPid } = options
  const logged = statSync(paths.log, { throwIfNoEntry: false })?.size ?? 0
  const begun = performance.now()
  const startArguments = serverArguments({
    dataFolder: reach.dataFolder,
    cluster: paths.cluster,
    listening,
    ...(settings && { extra: settings }),
  })
  if (process.platform === 'win32') return startThroughPgCtl(program, paths, startArguments)

  const child = spawnServer({ program, paths, reach, startArguments, strangerPid })
  const result = await readyOrEnded({ child, program, paths, signal: options.signal })
  if (result === 'ready') return 'ready'
  options.signal?.throwIfAborted()
  const output = logTail(paths.log, logged)
  if (isHeldByAnother(output)) return 'held'
  const durationSeconds = Math.round(performance.now() - begun) / 1000
  throw startFailure({ folder: paths.folder, evidence: { ...result, command: 'postgres', output, durationSeconds } })
}

interface SpawnOptions {
  program: ServerProgram
  paths: ClusterPaths
  reach: ServerReach
  startArguments: string[]
  strangerPid: number | undefined
}

function spawnServer({ program, paths, reach, startArguments, strangerPid }: SpawnOptions): ChildProcess {
  const log = openSync(paths.log, 'a', 0o600)
  try {
    const { uid, gid } = statSync(paths.folder)
    if (reach.user) fchownSync(log, uid, gid)
    const child = spawn(program.postgres, startArguments, {
      cwd: reach.cwd,
      ...reach.user,
      env: {
        ...plainEnvironment,
        // PostgreSQL takes a process of this number for a relative, not for a rival (miscinit.c, CreateLockFile)
        ...(strangerPid !== undefined && { PG_GRANDPARENT_PID: String(strangerPid) }),
      },
      stdio: ['ignore', log, log],
      detached: true,
    })
    child.unref()
    return child
  } catch (cause) {
    throw new EmbeddedServerNotRunnable(cause instanceof Error ? cause.message : String(cause), { cause })
  } finally {
    closeSync(log)
  }
}

/** Nothing of the user's environment (PGPORT, PGDATA, a locale) may leak into the server. */
export const plainEnvironment = { LC_ALL: 'C', TZ: 'UTC' }

interface Ended {
  exitCode: number | null
  signal: string | null
}

/** Spawning fails with ENOENT for a program that is there when its loader is not: a musl system (Alpine). */
export function notRunnable(error: Error, program: string): Error {
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' && statSync(program, { throwIfNoEntry: false })) {
    return new EmbeddedServerMissing({ platform: process.platform, reason: 'its C library is not glibc', cause: error })
  }
  const reason = code === 'EPERM' || code === 'EINVAL' ? 'switching to its own user is not allowed here' : error.message
  return new EmbeddedServerNotRunnable(reason, { cause: error })
}

interface Starting {
  child: ChildProcess
  program: ServerProgram
  paths: ClusterPaths
  signal: AbortSignal | undefined
}

async function readyOrEnded({ child, program, paths, signal }: Starting): Promise<'ready' | Ended> {
  let ended: Ended | Error | undefined
  child.once('error', (error) => {
    ended = notRunnable(error, program.postgres)
  })
  child.once('exit', (exitCode, exitSignal) => {
    ended = { exitCode, signal: exitSignal }
  })
  for (;;) {
    if (ended instanceof Error) throw ended
    if (ended) return ended
    // a postmaster.pid left by a crash says "ready" too, so only our child's counts
    const postmaster = await readPostmaster(paths.cluster)
    if (postmaster?.pid === child.pid && postmaster?.status === 'ready') return 'ready'
    // nobody would be left to stop it; then we wait for its end
    if (signal?.aborted) child.kill('SIGINT')
    await pause(LOOK_AGAIN_MS)
  }
}

/** On Windows pg_ctl takes administrators' rights away from the server, which refuses to start with them. */
async function startThroughPgCtl(
  program: ServerProgram,
  paths: ClusterPaths,
  startArguments: string[],
): Promise<'ready' | 'held'> {
  const options = startArguments
    .slice(2)
    .map((word) => (word === '-c' ? word : `"${word}"`))
    .join(' ')
  const run = await execa(program.pgCtl, ['start', '--wait', '-D', paths.cluster, '-l', paths.log, '-o', options], {
    reject: false,
    stdio: 'ignore',
  })
  if (!run.failed) return 'ready'
  const evidence: Evidence = { command: 'pg_ctl start', exitCode: run.exitCode ?? null, output: logTail(paths.log) }
  if (isHeldByAnother(evidence.output ?? '')) return 'held'
  throw startFailure({ folder: paths.folder, evidence })
}

/**
 * Fast shutdown: transactions are rolled back, everything is written, clients are sent away. Waits until the server
 * has let go of the cluster.
 * @returns false when it was still busy after `patienceSeconds`; it goes on shutting down by itself
 */
export async function stopServerProcess(
  cluster: string,
  { program, patienceSeconds = 30 }: { program: ServerProgram; patienceSeconds?: number },
) {
  const postmaster = await readPostmaster(cluster)
  if (!postmaster) return true
  if (process.platform === 'win32') {
    const { failed } = await execa(program.pgCtl, ['stop', '--mode=fast', '-D', cluster], {
      reject: false,
      stdio: 'ignore',
    })
    return !failed
  }
  if (isAlive(postmaster.pid)) process.kill(postmaster.pid, 'SIGINT')
  return hasLetGo(cluster, postmaster.pid, patienceSeconds)
}

/** By its lock file and not by its process: where nobody collects orphans (a container), it stays as a zombie. */
async function hasLetGo(cluster: string, pid: number, patienceSeconds: number): Promise<boolean> {
  const deadline = performance.now() + patienceSeconds * 1000
  while (performance.now() < deadline) {
    if ((await readPostmaster(cluster))?.pid !== pid || !isAlive(pid)) return true
    await pause(LOOK_AGAIN_MS)
  }
  return false
}

/** A port of the loopback interface that was free a moment ago. */
export async function freeLoopbackPort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const address = probe.address()
  await new Promise((resolve) => {
    probe.close(resolve)
  })
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}
