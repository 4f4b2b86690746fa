import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'

/** That a version of the detector is used: for all recordings (`current`), or tried on a share of them. */
export interface Rollout {
  id: number
  /** `name@version`. */
  detector: string
  role: 'current' | 'trial'
  /** Of the recordings, above 0 up to 1. */
  share: number
  since: Date
}

export interface LiveRollouts {
  /** Null: the standard one of the program. */
  current: Rollout | null
  trial: Rollout | null
}

/** "clip" in ASCII, as all our advisory locks; and the number of this one. */
const lock = [0x636c6970, 5] as const

/** Lets one transaction at a time change what is rolled out; held until it ends. */
export async function lockRollouts(tx: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock[0]}, ${lock[1]})`.execute(tx)
}

export async function getLiveRollouts(db: Kysely<Tables>): Promise<LiveRollouts> {
  const rows = await db.selectFrom('detector_rollouts').selectAll().where('status', '=', 'live').execute()
  const live = (role: Rollout['role']) => {
    const row = rows.find((candidate) => candidate.role === role)
    return row === undefined ? null : toRollout(row)
  }
  return { current: live('current'), trial: live('trial') }
}

/** Whether a version was ever rolled out. */
export async function hadRollout(db: Kysely<Tables>, detector: string): Promise<boolean> {
  const row = await db.selectFrom('detector_rollouts').select('id').where('detector', '=', detector).executeTakeFirst()
  return row !== undefined
}

/** Begins a rollout; of each role one may be live. Returns its id. */
export async function beginRollout(
  tx: Kysely<Tables>,
  { detector, role, share, by }: { detector: string; role: Rollout['role']; share: number; by: string },
): Promise<number> {
  const { id } = await tx
    .insertInto('detector_rollouts')
    .values({ detector, role, share, status: 'live', created_by: by, updated_by: by })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Another share of the recordings for a live trial; what it showed so far still counts. */
export async function setShare(
  tx: Kysely<Tables>,
  { id, share, by }: { id: number; share: number; by: string },
): Promise<void> {
  await tx
    .updateTable('detector_rollouts')
    .set({ share, updated_at: sql<Date>`now()`, updated_by: by })
    .where('id', '=', id)
    .where('status', '=', 'live')
    .execute()
}

export interface RolloutEnd {
  id: number
  status: 'ended' | 'rolled-back'
  /** Why, in a sentence. */
  reason: string
  evidence?: unknown
  by: string
}

/** Ends a live rollout. False when it had ended already. */
export async function endRollout(tx: Kysely<Tables>, end: RolloutEnd): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('detector_rollouts')
    .set({
      status: end.status,
      reason: end.reason,
      evidence: end.evidence === undefined ? null : json(end.evidence),
      ended_at: sql<Date>`now()`,
      updated_at: sql<Date>`now()`,
      updated_by: end.by,
    })
    .where('id', '=', end.id)
    .where('status', '=', 'live')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Notes with which detector a step looks for moments. A step that is tried again may get another one. */
export async function saveChoice(
  db: Kysely<Tables>,
  choice: { stepId: string; recordingId: string; detector: string; why: 'standard' | 'current' | 'trial' | 'setting' },
): Promise<void> {
  const row = { recording_id: choice.recordingId, detector: choice.detector, why: choice.why }
  await db
    .insertInto('detector_choices')
    .values({ step_id: choice.stepId, ...row })
    .onConflict((conflict) => conflict.column('step_id').doUpdateSet({ ...row, chosen_at: sql<Date>`now()` }))
    .execute()
}

/** One step that looked for moments and has ended. */
export interface DetectionRun {
  detector: string
  recordingId: string
  failed: boolean
  /** Seconds it took for an hour of recording; null where that says nothing: it failed, or the recording lasts under ten minutes. */
  secondsPerHour: number | null
}

// In a shorter recording, starting up is most of the time.
const leastSeconds = 600
// What is older than so many says little of a version that is in use now.
const mostRuns = 5000

/** The newest detections that really looked (not reused, not cancelled), since a time where told. */
export async function getDetectionRuns(db: Kysely<Tables>, since?: Date): Promise<DetectionRun[]> {
  let query = db
    .selectFrom('detector_choices as choice')
    .innerJoin('steps', 'steps.id', 'choice.step_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('events')
          .select(sql<unknown>`events.data -> 'secondsPerHour'`.as('seconds_per_hour'))
          .whereRef('events.run_id', '=', 'steps.run_id')
          .where('events.name', '=', 'detection.performance')
          .where(sql`events.data -> 'recordingSeconds'`, '>=', sql`to_jsonb(${leastSeconds}::float8)`)
          .orderBy('events.id', 'desc')
          .limit(1)
          .as('performance'),
      (join) => join.onTrue(),
    )
    .select(['choice.detector', 'choice.recording_id', 'steps.status', 'performance.seconds_per_hour'])
    .where('steps.status', 'in', ['done', 'failed'])
    .where('steps.reused', '=', false)
  if (since !== undefined) query = query.where('choice.chosen_at', '>=', since)
  const rows = await query.orderBy('choice.chosen_at', 'desc').limit(mostRuns).execute()
  return rows.map((row) => ({
    detector: row.detector,
    recordingId: row.recording_id,
    failed: row.status === 'failed',
    secondsPerHour:
      row.status === 'done' && typeof row.seconds_per_hour === 'number' && row.seconds_per_hour > 0
        ? row.seconds_per_hour
        : null,
  }))
}

function toRollout(row: Selectable<Tables['detector_rollouts']>): Rollout {
  return { id: row.id, detector: row.detector, role: row.role, share: row.share, since: row.created_at }
}
