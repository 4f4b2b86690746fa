import { execFile } from 'node:child_process'
import { readFile, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

/** A server as its `postmaster.pid` describes it (lines: `LOCK_FILE_LINE_…` in PostgreSQL's miscadmin.h, pidfile.h). */
export interface Postmaster {
  pid: number
  port: number
  /** Undefined on Windows, and for the first milliseconds of a server's life. */
  socketFolder: string | undefined
  status: 'starting' | 'ready' | 'stopping' | 'unknown'
}

/**
 * What holds a cluster: nobody; a running server; or a `postmaster.pid` left by a crash whose number a stranger
 * carries now (after a reboot or in a restarted container), which PostgreSQL alone would take for a running server.
 */
export type ClusterHolder =
  | { kind: 'nobody' }
  | { kind: 'server'; postmaster: Postmaster }
  | { kind: 'stranger'; pid: number }

/** Named on the server's command line: tells a person reading `ps`, and us, which cluster a server serves. */
export const FOLDER_SETTING = 'clipwright.folder'

export async function clusterHolder(cluster: string): Promise<ClusterHolder> {
  const postmaster = await readPostmaster(cluster)
  if (!postmaster || !isAlive(postmaster.pid)) return { kind: 'nobody' }
  const command = await commandLineOf(postmaster.pid)
  if (command === undefined || servesCluster(command, cluster)) return { kind: 'server', postmaster }
  return { kind: 'stranger', pid: postmaster.pid }
}

/** The server's own description, or undefined when there is none (yet). */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  try {
    return parsePostmaster(await readFile(join(cluster, 'postmaster.pid'), 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** A server fills its file at once; one that stays empty is what a power cut left, and PostgreSQL would refuse it for ever. */
const EMPTY_FOR_SECONDS = 10

export async function removeEmptyLock(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  const found = await stat(file).catch(() => undefined)
  if (found?.size === 0 && Date.now() - found.mtimeMs > EMPTY_FOR_SECONDS * 1000) await rm(file, { force: true })
}

/** @param text of postmaster.pid; it is written line by line, so the later ones may be missing */
export function parsePostmaster(text: string): Postmaster | undefined {
  const [pid, , , port, socketFolder, , , status] = text.split('\n').map((line) => line.trim())
  if (!pid || !/^[1-9]\d{0,9}$/.test(pid)) return undefined
  return {
    pid: Number(pid),
    port: Number(port) || 0,
    socketFolder: socketFolder || undefined,
    status: statusFrom(status),
  }
}

function statusFrom(word: string | undefined): Postmaster['status'] {
  return word === 'starting' || word === 'ready' || word === 'stopping' ? word : 'unknown'
}

/** Whether a process of this number is there (EPERM: it is, and not ours). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Words of a process's command line; empty for a zombie or a process that is gone; undefined when we can't tell. */
async function commandLineOf(pid: number): Promise<string[] | undefined> {
  if (process.platform === 'win32') return undefined
  if (process.platform === 'linux') {
    try {
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').filter(Boolean)
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? [] : undefined
    }
  }
  const ps = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => undefined)
  return ps?.stdout.trim().split(/ -c | -D /)
}

/** A server that does not say whom it serves (started by hand, say) gets the benefit of the doubt. */
function servesCluster(command: string[], cluster: string): boolean {
  if (!basename(command[0] ?? '').startsWith('postgres')) return false
  const named = command.find((word) => word.startsWith(`${FOLDER_SETTING}=`))
  return named === undefined || named === `${FOLDER_SETTING}=${cluster}`
}
