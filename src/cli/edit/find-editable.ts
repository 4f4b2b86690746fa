import { dirname, resolve } from 'node:path'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../database/tables.ts'
import { ClipNotFound } from '../../library/clip-history.store.ts'
import { type FoundSubject, findSubjectOfRun } from '../../library/judged-subjects.store.ts'
import { findRunOfMoment } from '../../library/runs.store.ts'
import { readEarlierDocument } from '../../pipeline/conclude/out-folder.ts'
import { type Editable, getEditable } from '../../pipeline/cut/edit/editable-clip.ts'
import { findClip } from '../clip/find-clip.ts'

/**
 * The clip a person means, by its file, by its folder or run with its rank (`talk-clips 3`, `talk-clips#3`).
 * @throws ClipNotFound
 */
export async function findEditable(db: Kysely<Tables>, name: string, rank?: string): Promise<Editable> {
  const full = rank === undefined ? name : `${name}#${rank}`
  const found = await findClip(db, full)
  const { runId, folder } = await runOf(db, { name: full, found })
  if (runId === null) throw new ClipNotFound(full)
  return getEditable(db, { recordingId: found.recordingId, runId, rank: found.rank, folder })
}

/** The run the clip is of, and the folder it is in where that is known. */
async function runOf(
  db: Kysely<Tables>,
  { name, found }: { name: string; found: FoundSubject },
): Promise<{ runId: string | null; folder: string | null }> {
  const ranked = /^(.+)#[1-9]\d{0,3}$/s.exec(name)?.[1]
  if (z.uuid().safeParse(ranked).success) return { runId: ranked ?? null, folder: null }
  const folder = ranked === undefined ? dirname(resolve(name)) : resolve(ranked)
  const runId = (await readEarlierDocument(folder))?.run.id
  // A clip may have been moved into the folder of another run.
  const isOfIt =
    runId !== undefined && (await findSubjectOfRun(db, { runId, rank: found.rank }))?.momentId === found.momentId
  if (isOfIt) return { runId, folder }
  return { runId: found.momentId === null ? null : await findRunOfMoment(db, found.momentId), folder: null }
}
