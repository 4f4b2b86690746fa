import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type ClientConfig, DatabaseError } from 'pg'
import type { Logger } from '../observability/logger.ts'
import { type ClusterPaths, clusterPaths, DATABASE, ROLE, SOCKET_PORT } from './cluster.ts'
import { createCluster } from './create-cluster.ts'
import { DatabaseDamaged, DatabaseFolderUnusable, DatabaseLocked, DatabaseStartTimeout } from './database-errors.ts'
import { clusterPassword, inspectCluster, mendOwnership } from './inspect-cluster.ts'
import { clusterHolder, type Postmaster, removeEmptyLock } from './postmaster.ts'
import { comeIn, type Presence } from './presence.ts'
import { logTail, rotateServerLog } from './server-log.ts'
import { freeLoopbackPort, startServerProcess, stopServerProcess } from './server-process.ts'
import { type ServerProgram, serverProgram } from './server-program.ts'
import { serverReach } from './server-reach.ts'
import type { Listening } from './server-settings.ts'
import { type ServerUser, serverUser } from './server-user.ts'
import { isSafeSocketFolder, removeSocketFolder, socketFolder, usualSocketParents } from './socket-folder.ts'

// The life of the embedded server. No lock file of ours: each step is safe to race.
//
//   absent ──initdb in a draft, one rename──▶ stopped ──spawn──▶ running ──comeIn──▶ we hold a shared lock on it
//      ▲ PostgreSQL's own postmaster.pid lets one server win;         │
//      │ the losers join it                                           │ leave: the last one out takes the lock alone,
//      └──────────── a server on its way down: look again ◀───────────┘ which keeps newcomers waiting, and stops it
//
// A server whose clients were all killed stays; the next one to come in adopts it, and stops it as the last one out.

/** A server that recovers from a crash has 256 MB to replay (server-settings.ts): seconds; a slow disk takes longer. */
const PATIENCE_SECONDS = 120
/** A server that says it is ready answers at once; if it does not, its socket is out of our reach. */
const SILENCE_SECONDS = 5
const LOOK_AGAIN_MS = 20

export interface EmbeddedServerOptions {
  /** An existing folder (dataFolder() makes it). */
  dataFolder: string
  logger: Logger
  signal?: AbortSignal
  /** Folder of the npm package with the server; default: the optional dependency for this platform. */
  packageFolder?: string
  /** Where the socket's private folder may be made. */
  socketParents?: string[]
  /** Where a copy of the package may be put when the server's user can't use it where it is. */
  copyParents?: string[]
  /** Settings of PostgreSQL over the usual ones. `fsync: 'off'` also makes initdb not wait for the disk. */
  settings?: Record<string, string>
}

export interface EmbeddedServer {
  /** For `pg`: to the database `clipwright`, with the password. Does not change while we hold the server. */
  connection: ClientConfig & { host: string; port: number; user: string; password: string; database: string }
  /** The same as a URL, as in DATABASE_URL. A secret: it has the password. */
  connectionString: string
  /** `started` by us, or `adopted` from someone who runs it or was killed. */
  origin: 'started' | 'adopted'
  /** Gives it up; the last one out stops the server and waits for it. Safe to call again. */
  release(): Promise<void>
}

interface Context extends EmbeddedServerOptions {
  paths: ClusterPaths
  user: ServerUser | undefined
  program: ServerProgram
}

interface Joined {
  presence: Presence
  connection: EmbeddedServer['connection']
  origin: EmbeddedServer['origin']
}

/**
 * Joins the server of this data folder, starting it (and on the first time making it) when nobody has. From then on
 * it stays up until `release`; if it is killed meanwhile, it is started again.
 * @throws EmbeddedServerMissing | EmbeddedServerNotRunnable | DatabaseDamaged | DatabaseVersionUnsupported |
 *   DatabaseFolderUnusable | DatabaseLocked | DatabaseStartTimeout | DatabaseStartFailed | NoSpace | SocketFolderUnusable
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const dataFolder = realpathSync(options.dataFolder)
  const paths = clusterPaths(join(dataFolder, 'postgresql'))
  const user = serverUser({ cluster: paths.cluster, dataFolder })
  const program = await serverProgram({
    user,
    copyParents: options.copyParents ?? usualCopyParents(dataFolder),
    ...(options.packageFolder !== undefined && { packageFolder: options.packageFolder }),
  })
  const context = { ...options, dataFolder, paths, user, program }
  return hold(context, await joinServer(context))
}

/** Root's copy must be reachable by the server's user, so it can't be in the data folder; anyone else's can. */
function usualCopyParents(dataFolder: string): string[] {
  const own = join(dataFolder, 'programs')
  return process.getuid?.() === 0 ? ['/var/lib/clipwright', '/var/tmp/clipwright-programs', own] : [own]
}

async function joinServer(context: Context): Promise<Joined> {
  const { paths, program, user, logger, signal } = context
  const careless = context.settings?.['fsync'] === 'off'
  const begun = performance.now()
  const seconds = () => (performance.now() - begun) / 1000
  let origin: Joined['origin'] = 'adopted'
  let silentSince: number | undefined
  for (;;) {
    // a server of ours is not left behind without anyone to stop it: first come in, the caller can still leave
    const interruption = origin === 'started' ? undefined : signal
    interruption?.throwIfAborted()
    if (seconds() > PATIENCE_SECONDS) {
      throw new DatabaseStartTimeout({
        folder: paths.folder,
        seconds: PATIENCE_SECONDS,
        evidence: { output: logTail(paths.log) },
      })
    }
    if (inspectCluster(paths) === 'absent') {
      await createCluster({ paths, program, user, careless, ...(signal && { signal }) })
      logger.info({ folder: paths.folder, seconds: seconds() }, 'a new database was made')
    }
    const holder = await clusterHolder(paths.cluster)
    if (holder.kind !== 'server') {
      if ((await startServer(context, holder)) === 'ready') origin = 'started'
      else await pause(LOOK_AGAIN_MS)
      continue
    }
    const connection = connectionTo(holder.postmaster, context)
    const presence =
      connection &&
      (await comeIn(connection).catch(async (error: unknown) => {
        // a server that lets nobody in has nobody who would stop it
        if (origin === 'started') await stop(context)
        throw explained(error, paths) ?? error
      }))
    if (presence) {
      logger.debug({ serverPid: holder.postmaster.pid, origin, seconds: seconds() }, 'joined the embedded database')
      return { presence, connection, origin }
    }
    if (holder.postmaster.status !== 'ready') silentSince = undefined
    else silentSince ??= seconds()
    if (silentSince !== undefined && seconds() - silentSince > SILENCE_SECONDS)
      throw unanswered(paths, holder.postmaster)
    await pause(LOOK_AGAIN_MS, undefined, interruption && { signal: interruption })
  }
}

async function startServer(context: Context, holder: { kind: 'nobody' } | { kind: 'stranger'; pid: number }) {
  const { paths, program, user, settings, signal } = context
  mendOwnership(paths.cluster, user)
  await removeEmptyLock(paths.cluster)
  await rotateServerLog(paths.log)
  const reach = serverReach(paths.cluster, user)
  if (!reach) throw new DatabaseFolderUnusable({ folder: paths.folder, reason: `user ${user?.uid} can't get there` })
  const place = await listening(context)
  try {
    return await startServerProcess({
      program,
      paths,
      reach,
      listening: place,
      ...(settings && { settings }),
      ...(holder.kind === 'stranger' && { strangerPid: holder.pid }),
      ...(signal && { signal }),
    })
  } catch (error) {
    if ('socketFolder' in place) removeSocketFolder(place.socketFolder)
    throw error
  }
}

async function listening({ paths, user, socketParents }: Context): Promise<Listening> {
  if (process.platform === 'win32') return { loopbackPort: await freeLoopbackPort() }
  return {
    socketFolder: socketFolder({ cluster: paths.cluster, user, parents: socketParents ?? usualSocketParents() }),
  }
}

/** @returns undefined while the server has not yet said where it listens */
function connectionTo(postmaster: Postmaster, { paths, user }: Context): EmbeddedServer['connection'] | undefined {
  if (postmaster.status !== 'ready') return undefined
  const host = process.platform === 'win32' ? '127.0.0.1' : postmaster.socketFolder
  if (!host || (process.platform !== 'win32' && !isSafeOrGone(host, paths, user))) return undefined
  const port = process.platform === 'win32' ? postmaster.port : SOCKET_PORT
  return { host, port, user: ROLE, password: clusterPassword(paths), database: DATABASE, ssl: false }
}

/** The password goes over this socket: only to the server's own private folder. */
function isSafeOrGone(folder: string, paths: ClusterPaths, user: ServerUser | undefined): boolean {
  if (isSafeSocketFolder(folder, user)) return true
  try {
    realpathSync(folder)
  } catch {
    return false
  }
  throw new DatabaseLocked({
    folder: paths.folder,
    reason: `its server's socket folder ${folder} belongs to someone else or is open to others`,
    hint: `Stop the server and remove ${folder}, then try again.`,
  })
}

function explained(error: unknown, { folder, log }: ClusterPaths) {
  const evidence = { output: logTail(log) }
  if (!(error instanceof DatabaseError)) return undefined
  if (error.code === '28P01')
    return new DatabaseDamaged({ folder, reason: 'the password kept beside it is not its password', evidence })
  if (error.code === '53300')
    return new DatabaseLocked({ folder, reason: 'too many programs are connected to it', evidence })
  // damage: no database (its files are gone), no catalog, a file of the wrong size, a page whose checksum is wrong
  if (/^(3D000|42P01|58P01|XX00\d)$/.test(error.code ?? ''))
    return new DatabaseDamaged({ folder, reason: error.message, evidence })
  return undefined
}

function unanswered({ folder }: ClusterPaths, { pid, socketFolder: socket }: Postmaster) {
  return new DatabaseLocked({
    folder,
    reason: `its server (process ${pid}) runs, but its socket in ${socket} can't be reached from here`,
    hint: `It may run with a private /tmp (a systemd service, a container): use it from there, or stop it with kill -INT ${pid} and try again.`,
  })
}

function hold(context: Context, joined: Joined): EmbeddedServer {
  const { logger, paths } = context
  const stopping = new AbortController()
  let presence: Presence | undefined
  let recovery = Promise.resolve()
  let released: Promise<void> | undefined

  const stay = (newPresence: Presence) => {
    presence = newPresence
    newPresence.onLost((error) => {
      logger.warn({ err: error, folder: paths.folder }, 'the embedded database went away; starting it again')
      presence = undefined
      recovery = comeBack(context, stopping.signal).then((back) => back && stay(back))
    })
  }
  stay(joined.presence)

  const release = async () => {
    stopping.abort()
    await recovery
    if (!presence) return
    const last = (await presence.leave()) === 'last'
    if (last) await stop(context)
    await presence.close()
  }
  return {
    connection: joined.connection,
    connectionString: urlOf(joined.connection),
    origin: joined.origin,
    release: () => (released ??= release()),
  }
}

/** Keeps trying until the server is back or we don't need it any more. Its address stays the same: see socketFolder. */
async function comeBack(context: Context, signal: AbortSignal): Promise<Presence | undefined> {
  for (let waitMs = 100; !signal.aborted; waitMs = Math.min(waitMs * 2, 5000)) {
    try {
      return (await joinServer({ ...context, signal })).presence
    } catch (error) {
      if (signal.aborted) return undefined
      context.logger.error(
        { err: error, folder: context.paths.folder },
        'the embedded database could not be started again',
      )
      await pause(waitMs, undefined, { signal }).catch(() => undefined)
    }
  }
  return undefined
}

async function stop({ paths, program, logger }: Context): Promise<void> {
  const holder = await clusterHolder(paths.cluster)
  if (holder.kind !== 'server') return
  const stopped = await stopServerProcess(paths.cluster, { program })
  if (!stopped) logger.warn({ serverPid: holder.postmaster.pid }, 'the embedded database is still shutting down')
  else if (holder.postmaster.socketFolder) removeSocketFolder(holder.postmaster.socketFolder)
}

function urlOf({ host, port, user, password, database }: EmbeddedServer['connection']): string {
  if (process.platform === 'win32') return `postgresql://${user}:${password}@${host}:${port}/${database}`
  return `postgresql://${user}:${password}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
}
