import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { EvaluationDataUnreadable } from './labelled-recording.ts'

const ending = '.jsonl'

/** The sets of labelled recordings in a folder, or the one a file is. @throws EvaluationDataUnreadable */
export async function findSets(path: string): Promise<{ name: string; path: string }[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new EvaluationDataUnreadable(path, 'there is nothing of that name', cause)
  })
  if (!found.isDirectory()) return [{ name: basename(path, ending), path }]
  const files = (await readdir(path)).filter((file) => file.endsWith(ending)).sort()
  if (files.length === 0) throw new EvaluationDataUnreadable(path, `no ${ending} file is in it`)
  return files.map((file) => ({ name: basename(file, ending), path: join(path, file) }))
}
