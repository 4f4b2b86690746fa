import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { RecordingNotFound } from './recordings.store.ts'

/** What was stored about a recording and lies on the disk. */
export interface LeftOnDisk {
  contentHash: string
  title: string
  /** Where its file, and transcripts given with it, lie or lay. */
  paths: string[]
  /** Of its clips' files. */
  renderingKeys: string[]
  /** Folders its runs wrote to. */
  folders: string[]
}

/** Runs of a recording that have not ended. */
export async function getUnfinishedRunsOf(db: Kysely<Tables>, recordingId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('runs')
    .select('id')
    .where('recording_id', '=', recordingId)
    .where('status', 'in', ['working', 'needs-transcript'])
    .execute()
  return rows.map(({ id }) => id)
}

/** Keeps runs from beginning on it until the transaction ends. @throws RecordingNotFound */
export async function lockRecording(tx: Kysely<Tables>, id: string): Promise<void> {
  const row = await tx
    .selectFrom('recordings')
    .select('id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw new RecordingNotFound(id)
}

/**
 * Deletes a recording with everything that is only about it: transcripts, moments, clips, runs, events, verdicts, what services heard in it.
 * What lies on the disk is the caller's to remove, after the transaction. @throws RecordingNotFound
 */
export async function deleteRecording(tx: Kysely<Tables>, id: string): Promise<LeftOnDisk> {
  await lockRecording(tx, id)
  const { title, path, contentHash } = await tx
    .selectFrom('recordings')
    .select(['title', 'path', 'content_hash as contentHash'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const runs = await tx
    .selectFrom('runs')
    .select(sql<string | null>`settings->>'path'`.as('path'))
    .select(sql<string | null>`settings->>'transcriptPath'`.as('transcript'))
    .select(sql<string | null>`settings->>'out'`.as('out'))
    .where('recording_id', '=', id)
    .execute()
  const versions = await tx
    .selectFrom('clip_versions')
    .innerJoin('clips', 'clips.id', 'clip_versions.clip_id')
    .select('clip_versions.rendering_key as key')
    .distinct()
    .where('clips.recording_id', '=', id)
    .where('clip_versions.rendering_key', 'is not', null)
    .execute()
  const made = versions.flatMap(({ key }) => key ?? [])
  await tx.deleteFrom('recordings').where('id', '=', id).execute()
  await tx.deleteFrom('heard_windows').where('recording_hash', '=', contentHash).execute()
  await tx.deleteFrom('file_hashes').where('content_hash', '=', contentHash).execute()
  const paths = [path, ...runs.flatMap((run) => [run.path ?? [], run.transcript ?? []].flat())]
  return {
    contentHash,
    title,
    paths: await notUsedElsewhere(tx, [...new Set(paths)]),
    renderingKeys: await forgetRenderings(tx, made),
    folders: [...new Set(runs.flatMap(({ out }) => out ?? []))],
  }
}

/** Those no clip shows any more. */
async function forgetRenderings(tx: Kysely<Tables>, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return []
  const rows = await tx
    .deleteFrom('renderings')
    .where('key', 'in', keys)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('clip_versions').select('id').whereRef('clip_versions.rendering_key', '=', 'renderings.key'),
        ),
      ),
    )
    .returning('key')
    .execute()
  return rows.map(({ key }) => key)
}

async function notUsedElsewhere(tx: Kysely<Tables>, paths: readonly string[]): Promise<string[]> {
  const used = await sql<{ path: string }>`
    select asked.path from unnest(${[...paths]}::text[]) as asked (path)
    where exists (select from recordings where recordings.path = asked.path)
      or exists (select from runs where settings->>'path' = asked.path or settings->>'transcriptPath' = asked.path)
  `.execute(tx)
  const kept = new Set(used.rows.map(({ path }) => path))
  return paths.filter((path) => !kept.has(path))
}
