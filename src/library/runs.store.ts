import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import { json } from '../database/json.ts'
import { prepared } from '../database/prepared.ts'
import type { Tables } from '../database/tables.ts'
import { AppError, type ErrorRecord } from '../domain/app-error.ts'
import type { ProcessIdentity } from '../domain/process-identity.ts'
import type { EndedStatus, RunStatus, StepKind } from '../domain/run.ts'

/** One pass of a recording through the pipeline. What it pins down fills in as its steps end. */
export interface Run {
  id: string
  status: RunStatus
  settings: unknown
  recordingId: string | null
  transcriptId: string | null
  analysisId: string | null
  detectionId: string | null
  /** How many moments were found; null until they are looked for. */
  momentCount: number | null
  error: ErrorRecord | null
  completeness: number | null
  /** Higher ones overtake. */
  priority: number
  /** Who began it: an account's id, `cli` or `system`. */
  createdBy: string
}

export class RunNotFound extends AppError {
  readonly code = 'RUN_NOT_FOUND'
  constructor(id: string) {
    super(`There is no run ${id}.`)
  }
}

export async function insertRun(
  tx: Kysely<Tables>,
  run: { fingerprint: string; settings: unknown; owner: ProcessIdentity; by: string },
): Promise<string> {
  const { id } = await tx
    .insertInto('runs')
    .values({
      status: 'working',
      fingerprint: run.fingerprint,
      settings: json(run.settings),
      owner: json(run.owner),
      error: json(null),
      created_by: run.by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function getRun(db: Kysely<Tables>, id: string): Promise<Run> {
  const row = await db.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new RunNotFound(id)
  return toRun(row)
}

type RunRow = Pick<
  Selectable<Tables['runs']>,
  | ('id' | 'status' | 'settings' | 'recording_id' | 'transcript_id' | 'analysis_id' | 'detection_id')
  | ('moment_count' | 'error' | 'completeness' | 'priority' | 'created_by')
>

export function toRun(row: RunRow): Run {
  return {
    id: row.id,
    status: row.status,
    settings: row.settings,
    recordingId: row.recording_id,
    transcriptId: row.transcript_id,
    analysisId: row.analysis_id,
    detectionId: row.detection_id,
    momentCount: row.moment_count,
    error: row.error,
    completeness: row.completeness,
    priority: row.priority,
    createdBy: row.created_by,
  }
}

/**
 * The same, with the run's row locked until the transaction ends: whoever decides what is ready next holds it, so that
 * two parents that end at once cannot both think the other is undone.
 */
export async function lockRun(tx: Kysely<Tables>, id: string): Promise<Run> {
  const run = (await lockRuns(tx, [id])).get(id)
  if (!run) throw new RunNotFound(id)
  return run
}

/** The same of several, by id; those that are gone are left out. */
export async function lockRuns(tx: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, Run>> {
  // In order, so that two who want the same ones never wait for each other. Not `for update`: whoever has stored something that refers to the run
  // (an event) holds a share of its row, and two of them would wait for each other.
  const { rows } = await sql<RunRow>`
    ${prepared} select * from runs where id = any(${ids}::uuid[]) order by id for no key update`.execute(tx)
  return new Map(rows.map((row) => [row.id, toRun(row)]))
}

/** What the run pinned down in a step that ended; fields left out stay. */
export interface Pinned {
  recordingId?: string
  transcriptId?: string
  analysisId?: string
  detectionId?: string
  momentCount?: number
  completeness?: number
}

/** Returns the run as it is then. */
export async function pinToRun(tx: Kysely<Tables>, run: Run, pinned: Pinned): Promise<Run> {
  const changes = {
    ...(pinned.recordingId === undefined ? {} : { recording_id: pinned.recordingId }),
    ...(pinned.transcriptId === undefined ? {} : { transcript_id: pinned.transcriptId }),
    ...(pinned.analysisId === undefined ? {} : { analysis_id: pinned.analysisId }),
    ...(pinned.detectionId === undefined ? {} : { detection_id: pinned.detectionId }),
    ...(pinned.momentCount === undefined ? {} : { moment_count: pinned.momentCount }),
    ...(pinned.completeness === undefined ? {} : { completeness: pinned.completeness }),
  }
  if (Object.keys(changes).length > 0) await tx.updateTable('runs').set(changes).where('id', '=', run.id).execute()
  return { ...run, ...pinned }
}

export async function closeRun(
  tx: Kysely<Tables>,
  { id, status, error }: { id: string; status: EndedStatus; error: ErrorRecord | null },
): Promise<void> {
  await tx
    .updateTable('runs')
    .set({ status, error: json(error), finished_at: new Date() })
    .where('id', '=', id)
    .where('status', 'in', ['working', 'needs-transcript'])
    .execute()
}

/** Unfinished runs of exactly these settings, newest first, locked so that only one process can take each. */
export async function lockUnfinishedRuns(
  tx: Kysely<Tables>,
  fingerprint: string,
): Promise<{ id: string; owner: ProcessIdentity | null }[]> {
  return tx
    .selectFrom('runs')
    .select(['id', 'owner'])
    .where('fingerprint', '=', fingerprint)
    .where('status', '=', 'working')
    .orderBy('created_at', 'desc')
    .forUpdate()
    .skipLocked()
    .execute()
}

export async function setOwner(tx: Kysely<Tables>, id: string, owner: ProcessIdentity): Promise<void> {
  await tx
    .updateTable('runs')
    .set({ owner: json(owner) })
    .where('id', '=', id)
    .execute()
}

/** Who works on the runs that have not ended. */
export async function getOwnersOfUnfinishedRuns(db: Kysely<Tables>): Promise<(ProcessIdentity | null)[]> {
  const rows = await db.selectFrom('runs').select('owner').where('status', '=', 'working').execute()
  return rows.map(({ owner }) => owner)
}

/** Lets a run that has ended, or waits for a transcript, go on; nobody's until someone takes it over. */
export async function reopenRun(tx: Kysely<Tables>, id: string): Promise<void> {
  await tx
    .updateTable('runs')
    .set({ status: 'working', error: json(null), owner: json(null), completeness: null, finished_at: null })
    .where('id', '=', id)
    .execute()
}

/** Runs with a step that failed for good, of one kind or of any, oldest first; but for those that a person cancelled. */
export async function getRunsWithFailures(db: Kysely<Tables>, kind?: StepKind): Promise<string[]> {
  let query = db
    .selectFrom('runs')
    .innerJoin('steps', 'steps.run_id', 'runs.id')
    .select(['runs.id', 'runs.created_at'])
    .distinct()
    .where('runs.status', '<>', 'cancelled')
    .where('steps.status', '=', 'failed')
  if (kind !== undefined) query = query.where('steps.kind', '=', kind)
  return (await query.orderBy('runs.created_at').execute()).map(({ id }) => id)
}

/** Of all runs that have not ended, but for one. */
export async function getHighestPriority(db: Kysely<Tables>, butFor: string): Promise<number> {
  const { highest } = await db
    .selectFrom('runs')
    .select(({ fn }) => fn.coalesce(fn.max('priority'), sql<number>`0`).as('highest'))
    .where('status', '=', 'working')
    .where('id', '<>', butFor)
    .executeTakeFirstOrThrow()
  return highest
}

export async function setPriority(tx: Kysely<Tables>, id: string, priority: number): Promise<void> {
  await tx.updateTable('runs').set({ priority }).where('id', '=', id).execute()
}

export type ListedRun = Pick<Run, 'id' | 'status' | 'error' | 'priority' | 'recordingId' | 'momentCount'> & {
  title: string
  /** Of the recording, seconds; null until it is known. */
  duration: number | null
  /** Clips that were asked for; null where that was not said. */
  wanted: number | null
  createdAt: Date
  /** The same as the database writes it: where it stands in the list. */
  place: string
  finishedAt: Date | null
}

/** Where a run stands in the list: by when it was begun, and by id where two were begun at once. */
export interface RunPlace {
  /** As the database writes it, to the microsecond. */
  at: string
  id: string
}

/** Which runs are meant: all that is told of them holds. */
export interface WhichRuns {
  status?: RunStatus | readonly RunStatus[] | undefined
  recordingId?: string | undefined
  /** Begun then or later, and before; ISO 8601. */
  since?: string | undefined
  until?: string | undefined
}

/** Runs, the newest first unless told. `before` is where the page before ended, in the same order. */
export async function listRuns(
  db: Kysely<Tables>,
  {
    limit,
    before,
    sort = 'newest',
    ...which
  }: WhichRuns & { limit: number; before?: RunPlace | undefined; sort?: 'newest' | 'oldest' | undefined },
): Promise<ListedRun[]> {
  const [direction, beyond] = sort === 'oldest' ? (['asc', sql`>`] as const) : (['desc', sql`<`] as const)
  let query = selectListed(db)
  for (const condition of conditionsOf(which)) query = query.where(condition)
  if (before !== undefined)
    query = query.where(
      sql<boolean>`(runs.created_at, runs.id) ${beyond} (${before.at}::timestamptz, ${before.id}::uuid)`,
    )
  return query.orderBy('runs.created_at', direction).orderBy('runs.id', direction).limit(limit).execute()
}

export async function countRuns(db: Kysely<Tables>, which: WhichRuns = {}): Promise<number> {
  let query = db.selectFrom('runs').select(sql<number>`count(*)::int`.as('count'))
  for (const condition of conditionsOf(which)) query = query.where(condition)
  return (await query.executeTakeFirstOrThrow()).count
}

function conditionsOf({ status, recordingId, since, until }: WhichRuns): RawBuilder<boolean>[] {
  // One state is asked by itself: its runs are in order in the index.
  const stands =
    typeof status === 'string' ? sql<boolean>`runs.status = ${status}` : sql<boolean>`runs.status = any(${status})`
  return [
    ...(status === undefined ? [] : [stands]),
    ...(recordingId === undefined ? [] : [sql<boolean>`runs.recording_id = ${recordingId}`]),
    ...(since === undefined ? [] : [sql<boolean>`runs.created_at >= ${since}::timestamptz`]),
    ...(until === undefined ? [] : [sql<boolean>`runs.created_at < ${until}::timestamptz`]),
  ]
}

/** @throws RunNotFound */
export async function getListedRun(db: Kysely<Tables>, id: string): Promise<ListedRun> {
  const row = await selectListed(db).where('runs.id', '=', id).executeTakeFirst()
  if (!row) throw new RunNotFound(id)
  return row
}

/** The title is the recording's, before it is known that of the file. */
function selectListed(db: Kysely<Tables>) {
  return db
    .selectFrom('runs')
    .leftJoin('recordings', 'recordings.id', 'runs.recording_id')
    .select(['runs.id', 'runs.status', 'runs.error', 'runs.priority'])
    .select(['runs.recording_id as recordingId', 'runs.moment_count as momentCount'])
    .select('recordings.duration_seconds as duration')
    .select(sql<number | null>`(runs.settings->>'count')::float8`.as('wanted'))
    .select(sql<string>`coalesce(recordings.title, runs.settings->>'title', '')`.as('title'))
    .select(['runs.created_at as createdAt', 'runs.finished_at as finishedAt'])
    .select(sql<string>`runs.created_at::text`.as('place'))
}

/** Ids that begin so, two at most: enough to see whether it names one. */
export async function findRunsByStart(db: Kysely<Tables>, start: string): Promise<string[]> {
  const rows = await db.selectFrom('runs').select('id').where(sql`id::text`, 'like', `${start}%`).limit(2).execute()
  return rows.map(({ id }) => id)
}

/** The newest run that has made clips of the moments among which this one was found, or null. */
export async function findRunOfMoment(db: Kysely<Tables>, momentId: string): Promise<string | null> {
  const row = await db
    .selectFrom('runs')
    .innerJoin('moments', 'moments.detection_id', 'runs.detection_id')
    .select('runs.id')
    .where('moments.id', '=', momentId)
    .where('runs.status', '=', 'done')
    .orderBy('runs.created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}
