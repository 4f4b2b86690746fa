import { type Kysely, type RawBuilder, type Selectable, sql, type Transaction } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import type { UploadTables } from '../database/upload-tables.ts'
import type { ErrorRecord } from '../domain/app-error.ts'

type Row = UploadTables['uploads']

/**
 * A file somebody sends. `receiving`: its bytes come; `whole`: all are here and the file is in its place; `begun`: a run has it; `refused`: it was
 * of no use, and its bytes are gone. Sizes are bytes.
 */
export interface Upload {
  id: string
  owner: string | null
  kind: Row['kind']
  part: Row['part']
  status: Row['status']
  title: string
  /** As it may be shown; never part of a path. */
  fileName: string
  metadata: string
  settings: unknown
  transcriptId: string | null
  parts: string[] | null
  length: number | null
  offset: number
  contentHash: string | null
  path: string | null
  runId: string | null
  error: ErrorRecord | null
  createdAt: Date
  expiresAt: Date | null
}

export type NewUpload = Pick<Upload, 'kind' | 'part' | 'title' | 'fileName' | 'metadata' | 'settings'> &
  Pick<Upload, 'owner' | 'transcriptId' | 'parts' | 'length' | 'expiresAt'>

export async function insertUpload(db: Kysely<Tables>, upload: NewUpload): Promise<Upload> {
  const row = await db
    .insertInto('uploads')
    .values({
      owner: upload.owner,
      kind: upload.kind,
      part: upload.part,
      status: 'receiving',
      title: upload.title,
      file_name: upload.fileName,
      metadata: upload.metadata,
      settings: json(upload.settings),
      transcript_id: upload.transcriptId,
      parts: upload.parts,
      length_bytes: upload.length,
      expires_at: upload.expiresAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toUpload(row)
}

/** The upload, or null when there is none. */
export async function findUpload(db: Kysely<Tables>, id: string): Promise<Upload | null> {
  const row = await db.selectFrom('uploads').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : toUpload(row)
}

export async function findUploads(db: Kysely<Tables>, ids: readonly string[]): Promise<Upload[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('uploads').selectAll().where('id', 'in', ids).execute()
  return rows.map(toUpload)
}

/** So many bytes are on the disk for certain. */
export async function setOffset(db: Kysely<Tables>, { id, offset }: { id: string; offset: number }): Promise<void> {
  const facts = { offset_bytes: offset, updated_at: new Date() }
  await db.updateTable('uploads').set(facts).where('id', '=', id).where('status', '=', 'receiving').execute()
}

/** Says how long it will be, where nobody had. */
export async function setLength(db: Kysely<Tables>, { id, length }: { id: string; length: number }): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ length_bytes: length, updated_at: new Date() })
    .where('id', '=', id)
    .where('length_bytes', 'is', null)
    .execute()
}

/** What only came after the bytes had begun to. */
export async function setWishes(
  db: Kysely<Tables>,
  { id, settings, transcriptId }: { id: string; settings: unknown; transcriptId: string | null },
): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ settings: json(settings), transcript_id: transcriptId })
    .where('id', '=', id)
    .execute()
}

/** All of a part is here. */
export async function setPartWhole(db: Kysely<Tables>, id: string): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ status: 'whole', updated_at: new Date() })
    .where('id', '=', id)
    .where('part', '=', 'partial')
    .execute()
}

/** The file is in its place, and nothing is wrong with it. */
export async function setWhole(
  tx: Kysely<Tables>,
  { id, contentHash, path, length }: { id: string; contentHash: string; path: string; length: number },
): Promise<void> {
  await tx
    .updateTable('uploads')
    .set({
      status: 'whole',
      content_hash: contentHash,
      path,
      length_bytes: length,
      offset_bytes: length,
      updated_at: new Date(),
    })
    .where('id', '=', id)
    .where('status', '=', 'receiving')
    .execute()
}

/** A run has it, and the transcript it names. False when another was quicker. */
export async function setBegun(
  tx: Transaction<Tables>,
  { id, runId, transcriptId }: { id: string; runId: string; transcriptId: string | null },
): Promise<boolean> {
  const facts = { status: 'begun', run_id: runId, expires_at: null, updated_at: new Date() } as const
  const done = await tx
    .updateTable('uploads')
    .set(facts)
    .where('id', '=', id)
    .where('status', '=', 'whole')
    .returning('id')
    .executeTakeFirst()
  if (done === undefined) return false
  if (transcriptId !== null)
    await tx.updateTable('uploads').set(facts).where('id', '=', transcriptId).where('status', '=', 'whole').execute()
  return true
}

/** A run uses them: they don't run out any more. A transcript is that run's; assets can be removed by whoever has them. */
export async function setUsed(
  tx: Transaction<Tables>,
  { ids, runId }: { ids: readonly string[]; runId: string },
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('uploads')
    .set({ run_id: runId, expires_at: null, updated_at: new Date() })
    .set({ status: sql`case kind when 'asset' then status else 'begun' end` })
    .where('id', 'in', ids)
    .where('status', '=', 'whole')
    .execute()
}

/** It was of no use, for this reason. */
export async function setRefused(db: Kysely<Tables>, { id, error }: { id: string; error: ErrorRecord }): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ status: 'refused', error: json(error), updated_at: new Date() })
    .where('id', '=', id)
    .where('status', '<>', 'begun')
    .execute()
}

/** Forgets uploads that no run has. */
export async function deleteUploads(db: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom('uploads').where('id', 'in', ids).where('status', '<>', 'begun').execute()
}

/** Recordings that are whole and have no run yet, the oldest first. */
export async function getWaitingUploads(db: Kysely<Tables>): Promise<Upload[]> {
  const rows = await db
    .selectFrom('uploads')
    .selectAll()
    .where('status', '=', 'whole')
    .where('kind', '=', 'recording')
    .where('part', '<>', 'partial')
    .orderBy('created_at')
    .limit(200)
    .execute()
  return rows.map(toUpload)
}

/** Uploads whose bytes come, or came when the process died. */
export async function getReceivingUploads(db: Kysely<Tables>): Promise<Upload[]> {
  const rows = await selectReceiving(db).execute()
  return rows.map(toUpload)
}

/** Of those, the ones to which nothing more is sent: all is here, or in their parts. */
export async function getReceivedUploads(db: Kysely<Tables>): Promise<Upload[]> {
  const rows = await selectReceiving(db)
    .where((is) => is.or([is('part', '=', 'final'), is('offset_bytes', '=', is.ref('length_bytes'))]))
    .execute()
  return rows.map(toUpload)
}

function selectReceiving(db: Kysely<Tables>) {
  return db.selectFrom('uploads').selectAll().where('status', '=', 'receiving').orderBy('created_at')
}

/** Uploads whose time is over. */
export async function getExpiredUploads(db: Kysely<Tables>): Promise<Upload[]> {
  const rows = await db
    .selectFrom('uploads')
    .selectAll()
    .where('status', '<>', 'begun')
    .where('expires_at', '<', sql<Date>`now()`)
    .limit(200)
    .execute()
  return rows.map(toUpload)
}

/** Bytes that were announced and have not come yet, of all uploads together. */
export async function sumAnnouncedBytes(db: Kysely<Tables>): Promise<number> {
  const { bytes } = await db
    .selectFrom('uploads')
    .select(sql<number>`coalesce(sum(length_bytes - offset_bytes), 0)::float8`.as('bytes'))
    .where('status', '=', 'receiving')
    // The parts of a final one are here, and it takes their place.
    .where('part', '<>', 'final')
    .executeTakeFirstOrThrow()
  return bytes
}

/** Whether another upload or a recording has the file at this path. */
export async function isPathUsed(
  db: Kysely<Tables>,
  { path, butFor }: { path: string; butFor: string },
): Promise<boolean> {
  const upload = db.selectFrom('uploads').select('id').where('path', '=', path).where('id', '<>', butFor)
  const recording = db.selectFrom('recordings').select('id').where('path', '=', path).where('deleted_at', 'is', null)
  const [one, two] = [await upload.limit(1).executeTakeFirst(), await recording.limit(1).executeTakeFirst()]
  return one !== undefined || two !== undefined
}

/** An upload in a list, with the recording it has become. */
export type ListedUpload = Upload & { recordingId: string | null; place: string }

interface WhichUploads {
  limit: number
  before?: { at: string; id: string } | undefined
  /** Those of an account and of nobody; undefined: of everybody. */
  owner?: string | null | undefined
  kind?: Upload['kind'] | undefined
  status?: Upload['status'] | undefined
}

/** The newest uploads; parts are not shown. */
export async function listUploads(
  db: Kysely<Tables>,
  { limit, before, ...which }: WhichUploads,
): Promise<ListedUpload[]> {
  let query = selectListed(db)
  for (const condition of conditionsOf(which)) query = query.where(condition)
  if (before !== undefined)
    query = query.where(
      sql<boolean>`(uploads.created_at, uploads.id) < (${before.at}::timestamptz, ${before.id}::uuid)`,
    )
  const rows = await query.orderBy('uploads.created_at', 'desc').orderBy('uploads.id', 'desc').limit(limit).execute()
  return rows.map((row) => ({ ...toUpload(row), recordingId: row.recording_id, place: row.place }))
}

export async function countUploads(db: Kysely<Tables>, which: Omit<WhichUploads, 'limit' | 'before'>): Promise<number> {
  let query = db.selectFrom('uploads').select(sql<number>`count(*)::int`.as('count'))
  for (const condition of conditionsOf(which)) query = query.where(condition)
  return (await query.executeTakeFirstOrThrow()).count
}

function conditionsOf({ owner, kind, status }: Omit<WhichUploads, 'limit' | 'before'>): RawBuilder<boolean>[] {
  return [
    sql<boolean>`uploads.part <> 'partial'`,
    ...(owner === undefined ? [] : [sql<boolean>`(uploads.owner is null or uploads.owner = ${owner})`]),
    ...(kind === undefined ? [] : [sql<boolean>`uploads.kind = ${kind}`]),
    ...(status === undefined ? [] : [sql<boolean>`uploads.status = ${status}`]),
  ]
}

export async function findListedUpload(db: Kysely<Tables>, id: string): Promise<ListedUpload | null> {
  const row = await selectListed(db).where('uploads.id', '=', id).executeTakeFirst()
  return row === undefined ? null : { ...toUpload(row), recordingId: row.recording_id, place: row.place }
}

function selectListed(db: Kysely<Tables>) {
  return db
    .selectFrom('uploads')
    .leftJoin('recordings', (join) =>
      join.onRef('recordings.content_hash', '=', 'uploads.content_hash').on('recordings.deleted_at', 'is', null),
    )
    .selectAll('uploads')
    .select('recordings.id as recording_id')
    .select(sql<string>`uploads.created_at::text`.as('place'))
}

function toUpload(row: Selectable<Row>): Upload {
  return {
    id: row.id,
    owner: row.owner,
    kind: row.kind,
    part: row.part,
    status: row.status,
    title: row.title,
    fileName: row.file_name,
    metadata: row.metadata,
    settings: row.settings,
    transcriptId: row.transcript_id,
    parts: row.parts,
    length: row.length_bytes,
    offset: row.offset_bytes,
    contentHash: row.content_hash,
    path: row.path,
    runId: row.run_id,
    error: row.error,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}
