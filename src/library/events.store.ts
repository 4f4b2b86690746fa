import type { Kysely } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'

export interface EventToSave {
  severity: 'debug' | 'info' | 'warn' | 'error'
  /** The stage or part that says it, e.g. `detect`. */
  component: string
  /** Stable name for programs, e.g. `detection.performance`. */
  name: string
  /** A sentence for people. */
  message: string
  data?: unknown
  runId?: string
  recordingId?: string
}

export async function saveEvent(db: Kysely<Tables>, event: EventToSave): Promise<void> {
  await db
    .insertInto('events')
    .values({
      severity: event.severity,
      component: event.component,
      name: event.name,
      message: event.message,
      data: json(event.data ?? {}),
      run_id: event.runId ?? null,
      recording_id: event.recordingId ?? null,
    })
    .execute()
}

/** What happened in a run under one name, oldest first. */
export async function getEventsOfRun(
  db: Kysely<Tables>,
  { runId, name }: { runId: string; name: string },
): Promise<{ id: string; message: string }[]> {
  const rows = await db
    .selectFrom('events')
    .select(['id', 'message'])
    .where('run_id', '=', runId)
    .where('name', '=', name)
    .orderBy('id')
    .execute()
  return rows.map(({ id, message }) => ({ id: String(id), message }))
}

export interface StoredEvent extends EventToSave {
  id: number
  at: Date
}

/** From the least to the most severe. */
export const severities = ['debug', 'info', 'warn', 'error'] as const

interface WhichEvents {
  limit: number
  /** Ids of others: only what happened after one, and before one. */
  after?: number | undefined
  before?: number | undefined
  /** At least so severe. */
  severity?: EventToSave['severity'] | undefined
  component?: string | undefined
  name?: string | undefined
  runId?: string | undefined
  recordingId?: string | undefined
  sort?: 'oldest' | 'newest' | undefined
}

/** What happened, in order unless told; at most so many. */
export async function listEvents(db: Kysely<Tables>, which: WhichEvents): Promise<StoredEvent[]> {
  const { limit, after, before, severity, component, name, runId, recordingId, sort = 'oldest' } = which
  let query = db.selectFrom('events').selectAll()
  if (after !== undefined) query = query.where('id', '>', after)
  if (before !== undefined) query = query.where('id', '<', before)
  if (severity !== undefined) query = query.where('severity', 'in', severities.slice(severities.indexOf(severity)))
  if (component !== undefined) query = query.where('component', '=', component)
  if (name !== undefined) query = query.where('name', '=', name)
  if (runId !== undefined) query = query.where('run_id', '=', runId)
  if (recordingId !== undefined) query = query.where('recording_id', '=', recordingId)
  const rows = await query
    .orderBy('id', sort === 'oldest' ? 'asc' : 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    severity: row.severity,
    component: row.component,
    name: row.name,
    message: row.message,
    data: row.data,
    ...(row.run_id === null ? {} : { runId: row.run_id }),
    ...(row.recording_id === null ? {} : { recordingId: row.recording_id }),
  }))
}

/** The number of the newest event; 0 when there is none. */
export async function newestEventId(db: Kysely<Tables>): Promise<number> {
  const row = await db.selectFrom('events').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row?.id ?? 0
}
