import { createHash } from 'node:crypto'
import { chownSync, lstatSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SOCKET_PORT } from './cluster.ts'
import { SocketFolderUnusable } from './database-errors.ts'
import { canEnter } from './server-reach.ts'
import type { ServerUser } from './server-user.ts'

/** `sun_path` of unix(7) has 108 bytes on Linux, 104 on macOS, one of them for the final zero. */
const LONGEST_SOCKET = process.platform === 'darwin' ? 103 : 107
const LONGEST_NAME = 'clipwright-4294967294-0123456789-XXXXXX'

/** /tmp first, so that two shells with different TMPDIRs choose the same. */
export function usualSocketParents(): string[] {
  return [...new Set(['/tmp', tmpdir(), '/var/tmp'])]
}

export interface SocketFolderOptions {
  cluster: string
  user: ServerUser | undefined
  parents: string[]
}

/**
 * A private folder (0700, the server's) for the socket, its name made from the cluster's path so that a restart finds
 * the same. A folder of that name which is not ours (anyone may create names in /tmp) is left alone: then a fresh,
 * unpredictable name is used, and `postmaster.pid` tells others which.
 * @throws SocketFolderUnusable
 */
export function socketFolder({ cluster, user, parents }: SocketFolderOptions): string {
  const reasons: string[] = []
  for (const parent of parents) {
    const problem = problemWith(parent, user)
    if (problem) reasons.push(problem)
    else {
      try {
        return createIn(parent, cluster, user)
      } catch (error) {
        reasons.push(`${parent}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  throw new SocketFolderUnusable(reasons)
}

/** Whether a socket folder that someone named is a real folder, the server's own, and closed to everyone else. */
export function isSafeSocketFolder(folder: string, user: ServerUser | undefined): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found !== undefined && found.isDirectory() && found.uid === ownerUid(user) && (found.mode & 0o077) === 0
}

/** Removes an empty socket folder; one that is in use again, or gone already, is left as it is. */
export function removeSocketFolder(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // not empty: another start of the same cluster was faster; or gone
  }
}

function problemWith(parent: string, user: ServerUser | undefined): string | undefined {
  const longest = Buffer.byteLength(join(parent, LONGEST_NAME, `.s.PGSQL.${SOCKET_PORT}`))
  if (longest > LONGEST_SOCKET) return `${parent} is too long (a socket's path may have ${LONGEST_SOCKET} bytes)`
  const found = lstatSync(parent, { throwIfNoEntry: false })
  if (!found) return `${parent} does not exist`
  if (user && !canEnter(parent, user)) return `${parent} can't be entered by user ${user.uid}`
  return undefined
}

function createIn(parent: string, cluster: string, user: ServerUser | undefined): string {
  const hash = createHash('sha256').update(cluster).digest('hex').slice(0, 10)
  const usual = join(parent, `clipwright-${ownerUid(user)}-${hash}`)
  try {
    mkdirSync(usual, { mode: 0o700 })
  } catch (error) {
    if (!isFileError(error, 'EEXIST')) throw error
    if (isSafeSocketFolder(usual, user)) return usual
    return give(mkdtempSync(`${usual}-`), user)
  }
  return give(usual, user)
}

function give(folder: string, user: ServerUser | undefined): string {
  if (user) chownSync(folder, user.uid, user.gid)
  return folder
}

function ownerUid(user: ServerUser | undefined): number {
  return user?.uid ?? process.getuid?.() ?? 0
}

function isFileError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
