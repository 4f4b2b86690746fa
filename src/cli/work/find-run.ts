import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import { findRunsByStart, RunNotFound } from '../../library/runs.store.ts'
import { documentName } from '../../pipeline/conclude/out-folder.ts'
import { WrongUsage } from '../clip/clip-options.ts'

const folderDocument = z.object({ run: z.object({ id: z.uuid() }) })

/**
 * The run a person means: by its id, as many letters of its beginning as tell it from others, or the folder it wrote. Returns its id.
 * @throws RunNotFound | WrongUsage when several begin so
 */
export async function findRun(db: Kysely<Tables>, name: string): Promise<string> {
  if (/^[0-9a-f-]{4,36}$/i.test(name)) {
    const [found, another] = await findRunsByStart(db, name.toLowerCase())
    if (another !== undefined) throw new WrongUsage([`Several runs begin with ${name}: give more of it.`], 'jobs')
    if (found !== undefined) return found
  }
  const id = await idInFolder(resolve(name))
  if (id === null) throw new RunNotFound(name)
  const [found] = await findRunsByStart(db, id)
  if (found === undefined) throw new RunNotFound(id)
  return found
}

async function idInFolder(folder: string): Promise<string | null> {
  try {
    return folderDocument.parse(JSON.parse(await readFile(join(folder, documentName), 'utf8'))).run.id
  } catch {
    return null
  }
}
