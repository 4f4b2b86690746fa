import { constants, mkdirSync, readFileSync } from 'node:fs'
import { chmod, cp, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { z } from 'zod'
import { NoSpace } from '../domain/no-space.ts'
import { EmbeddedServerNotRunnable } from './database-errors.ts'
import { isPrivatelyOwned } from './server-reach.ts'

interface CopyOptions {
  from: string
  parents: string[]
  /** Completes the copy (symlinks, modes) before it is put in place. */
  mend: (packageFolder: string) => boolean
}

/**
 * A copy (55 MB, once a version) of the server's package that every user may read and only we may change: what is run
 * as the database must not be something others can exchange. It appears by one rename, whole or not at all.
 * @returns the copy's folder
 * @throws NoSpace | EmbeddedServerNotRunnable
 */
export async function copyServerProgram({ from, parents, mend }: CopyOptions): Promise<string> {
  const reasons: string[] = []
  for (const parent of parents) {
    const problem = problemWith(parent)
    if (problem) reasons.push(problem)
    else {
      try {
        return await copyInto(parent, { from, mend })
      } catch (cause) {
        if (isFileError(cause, 'ENOSPC')) throw new NoSpace({ folder: parent, cause })
        reasons.push(`${parent}: ${cause instanceof Error ? cause.message : String(cause)}`)
      }
    }
  }
  throw new EmbeddedServerNotRunnable(
    `its program in ${from} is not usable there, and not in a copy (${reasons.join('; ')})`,
  )
}

function problemWith(parent: string): string | undefined {
  try {
    mkdirSync(parent, { recursive: true, mode: 0o755 })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  if (!isPrivatelyOwned(parent, process.getuid?.() ?? 0)) return `${parent} can be changed by others`
  return undefined
}

async function copyInto(parent: string, { from, mend }: Omit<CopyOptions, 'parents'>): Promise<string> {
  const target = join(parent, `postgresql-${versionOf(from)}`)
  if (await exists(target)) return target
  const draft = await mkdtemp(`${target}.new-`)
  try {
    await cp(from, draft, {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
      filter: isNeeded,
    })
    await openToReaders(draft)
    if (!mend(draft)) throw new Error(`${draft} could not be completed`)
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!(isFileError(error, 'ENOTEMPTY') || isFileError(error, 'EEXIST'))) throw error // else another start was faster
  }
  return target
}

function versionOf(packageFolder: string): string {
  const text = readFileSync(join(packageFolder, 'package.json'), 'utf8')
  return z.object({ version: z.string().regex(/^[\w.+-]+$/) }).parse(JSON.parse(text)).version
}

/** Static libraries are for compilers. */
function isNeeded(path: string): boolean {
  return extname(path) !== '.a'
}

/** Whatever the umask was when npm unpacked: folders and programs 0755, the rest 0644. */
async function openToReaders(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) await chmod(path, 0o755)
    else if (entry.isFile()) await chmod(path, dirname(path).endsWith('bin') ? 0o755 : 0o644)
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}

function isFileError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
