import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '../database/connect.ts'
import { holdAlone } from '../database/hold-alone.ts'
import { AppError } from '../domain/app-error.ts'

export class ServerRuns extends AppError {
  readonly code = 'SERVER_RUNS'
  override readonly retry = 'later' as const
  constructor(folder: string) {
    super(`Another \`clipwright serve\` runs on ${folder}.`, {
      hint: 'Open that one, or stop it. More hands are `clipwright worker`; another library has a --data folder of its own.',
    })
  }
}

/**
 * One server for each data folder: uploads are locked in the memory of the one that takes their bytes, and two would tread on each other's. The folder is
 * known by an id in it, for its path may differ between machines; workers and commands are not kept out. @throws ServerRuns
 */
export async function demandOnlyServer(
  database: Pick<Database, 'connection'>,
  dataFolder: string,
  options: { patience?: number } = {},
): Promise<AsyncDisposable> {
  const held = await holdAlone(database, `serve ${await idOf(dataFolder)}`, options)
  if (held === null) throw new ServerRuns(dataFolder)
  return held
}

async function idOf(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'folder-id')
  const beside = `${path}.${randomUUID()}`
  try {
    // Written beside, then linked: of two that begin at once both get the same, and nobody sees half of it.
    await writeFile(beside, `${randomUUID()}\n`, { flag: 'wx' })
    // Some file systems have no links.
    await link(beside, path).catch((error: unknown) =>
      isThere(error) ? undefined : copyFile(beside, path, constants.COPYFILE_EXCL),
    )
  } catch (error) {
    if (!isThere(error)) throw error
  } finally {
    await rm(beside, { force: true })
  }
  return (await readFile(path, 'utf8')).trim()
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
