import { existsSync, lstatSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ServerUser } from './server-user.ts'

/**
 * How the server's user gets to its folder. Root's usual data folder is below /root, which nobody else may enter. On
 * Linux that is no obstacle: we enter the folder before the user is switched, and `/proc/self/cwd` leads the server
 * (and every process it forks) back to it without walking the path. So no permission above the folder has to be opened.
 */
export interface ServerReach {
  user: ServerUser | undefined
  /** Run the program with this as its working folder … */
  cwd: string
  /** … and tell it that this is its data folder. */
  dataFolder: string
}

/** @returns undefined when that user can't get to the folder at all (root on a system without /proc) */
export function serverReach(folder: string, user: ServerUser | undefined): ServerReach | undefined {
  if (!user || canEnter(folder, user)) return { user, cwd: folder, dataFolder: folder }
  if (existsSync('/proc/self/cwd')) return { user, cwd: folder, dataFolder: '/proc/self/cwd' }
  return undefined
}

/** Whether this user may walk from the root of the file system into this folder, going by owners and modes. */
export function canEnter(folder: string, user: ServerUser): boolean {
  return mayUse(statSync(folder), user, 0o1) && everyParent(folder, (parent) => mayUse(statSync(parent), user, 0o1))
}

/** Whether this user may read this file (and run it, when `run`) and get there. */
export function canRead(file: string, user: ServerUser, { run = false } = {}): boolean {
  return mayUse(statSync(file), user, run ? 0o5 : 0o4) && canEnter(dirname(file), user)
}

/** Whether only this user can change what is in a folder they own: no link, no write permission for others. */
export function isPrivatelyOwned(folder: string, uid: number): boolean {
  const found = lstatSync(folder)
  return found.isDirectory() && found.uid === uid && (found.mode & 0o022) === 0
}

function mayUse({ mode, uid, gid }: Stats, user: ServerUser, bits: number): boolean {
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0
  return ((mode >> shift) & bits) === bits
}

function everyParent(path: string, test: (parent: string) => boolean): boolean {
  for (let at = path; at !== dirname(at); at = dirname(at)) if (!test(dirname(at))) return false
  return true
}
