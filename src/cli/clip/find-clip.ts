import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import { ClipNotFound } from '../../library/clip-history.store.ts'
import { type FoundSubject, findSubjectOfFile, findSubjectOfRun } from '../../library/judged-subjects.store.ts'
import { sha256OfFile } from '../../media/sha256-of-file.ts'
import { documentName } from '../../pipeline/conclude/out-folder.ts'

const file = z.string().nullish()
/** As much of `moments.json` as tells which moment a file is of; it may have been edited, or be of another version. */
const folderDocument = z.object({
  run: z.object({ id: z.uuid() }),
  moments: z.array(z.object({ rank: z.int(), clip: z.object({ file, thumbnail: file, srt: file, vtt: file }) })),
})

const uuid = z.uuid()

/**
 * The moment a person means: by the file of its clip (or its picture or captions), also one that was moved, renamed or deleted since, or
 * by `RUN#RANK`, where RUN is a run's id or the folder it wrote. @throws ClipNotFound
 */
export async function findClip(db: Kysely<Tables>, name: string): Promise<FoundSubject> {
  const found = (await byRank(db, name)) ?? (await byFolder(db, name)) ?? (await byContent(db, name))
  if (found === null) throw new ClipNotFound(name)
  return found
}

async function byRank(db: Kysely<Tables>, name: string): Promise<FoundSubject | null> {
  const [, run = '', digits = ''] = /^(.+)#([1-9]\d{0,3})$/s.exec(name) ?? []
  if (run === '') return null
  const runId = uuid.safeParse(run).success ? run : (await readDocument(resolve(run)))?.run.id
  return runId === undefined ? null : findSubjectOfRun(db, { runId, rank: Number(digits) })
}

async function byFolder(db: Kysely<Tables>, name: string): Promise<FoundSubject | null> {
  const path = resolve(name)
  const document = await readDocument(dirname(path))
  const moment = document?.moments.find(({ clip }) => Object.values(clip).includes(basename(path)))
  if (document === null || moment === undefined) return null
  return findSubjectOfRun(db, { runId: document.run.id, rank: moment.rank })
}

async function byContent(db: Kysely<Tables>, name: string): Promise<FoundSubject | null> {
  const path = resolve(name)
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
  if (!isFile) return null
  const sha256 = await sha256OfFile(path).catch(() => null)
  return sha256 === null ? null : findSubjectOfFile(db, sha256)
}

async function readDocument(folder: string) {
  const text = await readFile(join(folder, documentName), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return folderDocument.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
