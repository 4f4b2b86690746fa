import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, closeSync, mkdirSync, openSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { NoSpace } from '../domain/no-space.ts'
import { type ClusterPaths, clusterPaths, ROLE } from './cluster.ts'
import { DatabaseFolderUnusable } from './database-errors.ts'
import { isAlive } from './postmaster.ts'
import { notRunnable, plainEnvironment } from './server-process.ts'
import type { ServerProgram } from './server-program.ts'
import { type ServerReach, serverReach } from './server-reach.ts'
import type { ServerUser } from './server-user.ts'
import { startFailure } from './start-failure.ts'

interface CreateClusterOptions {
  paths: ClusterPaths
  program: ServerProgram
  user: ServerUser | undefined
  /** Do not wait for the disk: for tests only, whose data nobody misses after a power cut. */
  careless?: boolean
  signal?: AbortSignal
}

/**
 * Makes the cluster unless it is there. It is made in a draft beside its place and renamed, so a kill in the middle
 * leaves a draft that the next start clears away, and of two at once one is used and the other thrown away.
 * @throws NoSpace | DatabaseFolderUnusable | EmbeddedServerNotRunnable | DatabaseStartFailed
 */
export async function createCluster(options: CreateClusterOptions): Promise<void> {
  const { paths, user } = options
  await clearAbandonedDrafts(paths.folder)
  let draft: string | undefined
  try {
    draft = await mkdtemp(join(dirname(paths.folder), `${draftPrefix(paths.folder)}${process.pid}-`))
    await initialize(clusterPaths(draft), options)
    belongTo(ownerOf(dirname(paths.folder)), [draft, clusterPaths(draft).password], user)
    await putInPlace(draft, paths.folder)
  } catch (cause) {
    // an interrupted initdb may write its last files while we clear up
    if (draft) await rm(draft, { recursive: true, force: true, maxRetries: 5 })
    throw named(cause, paths.folder)
  }
}

async function initialize(
  draft: ClusterPaths,
  { program, user, careless = false, signal }: CreateClusterOptions,
): Promise<void> {
  mkdirSync(draft.cluster, { mode: 0o700 })
  writeFileSync(draft.password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flush: true })
  if (user) for (const path of [draft.cluster, draft.password]) chownSync(path, user.uid, user.gid)
  refuseForeignFileSystem(draft.cluster, user)
  const reach = serverReach(draft.cluster, user)
  if (!reach) throw new DatabaseFolderUnusable({ folder: draft.cluster, reason: `user ${user?.uid} can't get there` })
  await runInitdb({ draft, program, reach, careless, signal })
}

interface InitdbOptions {
  draft: ClusterPaths
  program: ServerProgram
  reach: ServerReach
  careless: boolean
  signal: AbortSignal | undefined
}

async function runInitdb({ draft, program, reach, careless, signal }: InitdbOptions): Promise<void> {
  // the other user can't walk to the file, but may open what it was handed
  const password = openSync(draft.password, 'r')
  try {
    const initdb = spawn(program.initdb, initdbArguments({ draft, reach, careless }), {
      cwd: reach.cwd,
      ...reach.user,
      ...(process.platform !== 'win32' && { env: plainEnvironment }),
      stdio: [reach.user ? password : 'ignore', 'pipe', 'pipe'],
      ...(signal && { signal }),
    })
    const { exitCode, output } = await outcomeOf(initdb, program.initdb)
    if (exitCode === 0) return
    throw startFailure({
      isNew: true,
      folder: dirname(draft.folder),
      evidence: { command: 'initdb', exitCode, output: output.slice(-4096) },
    })
  } finally {
    closeSync(password)
  }
}

function initdbArguments({ draft, reach, careless }: Pick<InitdbOptions, 'draft' | 'reach' | 'careless'>): string[] {
  return [
    '-D',
    reach.dataFolder,
    `--pwfile=${reach.user ? '/dev/stdin' : draft.password}`,
    `--username=${ROLE}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // sorts and folds the same on every system, whatever locales it has
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
    ...(careless ? ['--no-sync'] : []),
  ]
}

async function outcomeOf(child: ChildProcess, program: string) {
  try {
    const [stdout, stderr, [exitCode]] = await Promise.all([
      child.stdout ? text(child.stdout) : '',
      child.stderr ? text(child.stderr) : '',
      once(child, 'exit') as Promise<[number | null]>,
    ])
    return { exitCode, output: `${stdout}\n${stderr}`.trim() }
  } catch (error) {
    if (error instanceof Error && error.name !== 'AbortError') throw notRunnable(error, program)
    throw error
  }
}

/** Docker's shared folders and network shares accept a change of owner or mode and ignore it; the server then refuses. */
function refuseForeignFileSystem(cluster: string, user: ServerUser | undefined): void {
  if (process.platform === 'win32') return
  const { uid, mode } = statSync(cluster)
  if (uid === (user?.uid ?? process.geteuid?.()) && (mode & 0o077) === 0) return
  throw new DatabaseFolderUnusable({
    folder: dirname(dirname(cluster)),
    reason: 'its file system does not keep owners and permissions',
  })
}

/** As root in someone's data folder, what we make is theirs; PostgreSQL's own folder is already the server's. */
function belongTo(owner: ServerUser, made: string[], user: ServerUser | undefined): void {
  if (user) for (const path of made) chownSync(path, owner.uid, owner.gid)
}

function ownerOf(folder: string): ServerUser {
  const { uid, gid } = statSync(folder)
  return { uid, gid }
}

async function putInPlace(draft: string, folder: string): Promise<void> {
  chmodSync(draft, 0o700)
  try {
    await rename(draft, folder)
  } catch (error) {
    if (!(hasCode(error, 'ENOTEMPTY') || hasCode(error, 'EEXIST') || (await stat(folder).catch(() => false))))
      throw error
    await rm(draft, { recursive: true, force: true })
    return
  }
  await flushFolder(dirname(folder))
}

/** A rename is on disk only when its folder is. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function draftPrefix(folder: string): string {
  return `${basename(folder)}.new-`
}

async function clearAbandonedDrafts(folder: string): Promise<void> {
  const prefix = draftPrefix(folder)
  for (const name of await readdir(dirname(folder))) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN
    if (pid > 0 && !isAlive(pid)) await rm(join(dirname(folder), name), { recursive: true, force: true })
  }
}

function named(cause: unknown, folder: string): unknown {
  if (hasCode(cause, 'ENOSPC') || hasCode(cause, 'EDQUOT')) return new NoSpace({ folder, cause })
  if (['EACCES', 'EPERM', 'EROFS', 'EINVAL'].some((code) => hasCode(cause, code))) {
    return new DatabaseFolderUnusable({ folder, reason: cause instanceof Error ? cause.message : String(cause), cause })
  }
  return cause
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
