import { chmodSync, lchownSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { NoSpace } from '../domain/no-space.ts'
import { type ClusterPaths, MAJOR_VERSION } from './cluster.ts'
import {
  DatabaseDamaged,
  DatabaseFolderUnusable,
  DatabaseVersionUnsupported,
  MAJOR_VERSION_HINT,
} from './database-errors.ts'
import type { ServerUser } from './server-user.ts'

/**
 * What is in the database folder, before anything is started on it.
 * @returns `absent` when there is nothing to lose: no folder, or an empty one
 * @throws DatabaseDamaged | DatabaseVersionUnsupported | DatabaseFolderUnusable
 */
export function inspectCluster(paths: ClusterPaths): 'absent' | 'present' {
  if (isEmpty(paths.folder)) return 'absent'
  const version = requiredFile(paths, join(paths.cluster, 'PG_VERSION'))
  if (!/^\d+$/.test(version))
    throw new DatabaseDamaged({ folder: paths.folder, reason: 'cluster/PG_VERSION holds no version' })
  if (version !== MAJOR_VERSION) {
    throw new DatabaseVersionUnsupported({
      where: paths.folder,
      found: version,
      needed: MAJOR_VERSION,
      hint: MAJOR_VERSION_HINT,
    })
  }
  requiredFile(paths, paths.password)
  return 'present'
}

/** The password of our role. @throws DatabaseDamaged | DatabaseFolderUnusable */
export function clusterPassword(paths: ClusterPaths): string {
  return requiredFile(paths, paths.password)
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true
    throw unusable(folder, error)
  }
}

function requiredFile(paths: ClusterPaths, file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw unusable(paths.folder, error)
    throw new DatabaseDamaged({ folder: paths.folder, reason: `${file.slice(paths.folder.length + 1)} is missing` })
  }
  if (text === '')
    throw new DatabaseDamaged({ folder: paths.folder, reason: `${file.slice(paths.folder.length + 1)} is empty` })
  return text
}

/**
 * A cluster that was copied back by hand (`cp -r` as root) belongs to root and is open to everyone, and PostgreSQL
 * refuses both. Both are safe to mend.
 */
export function mendOwnership(cluster: string, user: ServerUser | undefined): void {
  if (process.platform === 'win32') return
  try {
    const { uid, mode } = statSync(cluster)
    if (user && uid === 0) giveAll(cluster, user)
    if ((mode & 0o077) !== 0) chmodSync(cluster, 0o700)
  } catch (error) {
    throw unusable(cluster, error)
  }
}

function giveAll(folder: string, user: ServerUser): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    lchownSync(join(entry.parentPath, entry.name), user.uid, user.gid)
  }
  lchownSync(folder, user.uid, user.gid)
}

function unusable(folder: string, cause: unknown) {
  if (codeOf(cause) === 'ENOSPC') return new NoSpace({ folder, cause })
  return new DatabaseFolderUnusable({ folder, reason: cause instanceof Error ? cause.message : String(cause), cause })
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
