import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { EvaluationDataUnreadable } from './labelled-recording.ts'

const ending = '.jsonl'

/**
 * The sets of labelled recordings in a folder, or the one a file is. A folder that has none itself may have them one folder down, as
 * `dev/`. @throws EvaluationDataUnreadable
 */
export async function findSets(path: string): Promise<{ name: string; path: string }[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new EvaluationDataUnreadable(path, 'there is nothing of that name', cause)
  })
  if (!found.isDirectory()) return [{ name: basename(path, ending), path }]
  const own = await setsIn(path)
  if (own.length > 0) return own
  const folders = (await readdir(path, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const below = await Promise.all(folders.map(({ name }) => setsIn(join(path, name)).catch(() => [])))
  if (below.flat().length === 0) throw new EvaluationDataUnreadable(path, `no ${ending} file is in it`)
  return below.flat().sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function setsIn(folder: string): Promise<{ name: string; path: string }[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(ending)).sort()
  return files.map((file) => ({ name: basename(file, ending), path: join(folder, file) }))
}
