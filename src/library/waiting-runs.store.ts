import { type Kysely, sql } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'
import type { ErrorRecord } from '../domain/app-error.ts'
import type { StepKind } from '../domain/run.ts'

// Runs that need a transcript: which there are, and what was tried for them.

/** The step has no job any more; `error` says what would help. */
export async function setNeedsTranscript(
  tx: Kysely<Tables>,
  { stepId, error }: { stepId: string; error: ErrorRecord },
): Promise<void> {
  await tx
    .updateTable('steps')
    .set({ status: 'needs-transcript', error: json(error), holder: json(null), progress: json(null) })
    .where('id', '=', stepId)
    .where('status', 'in', ['queued', 'working'])
    .execute()
}

/** Remembers that with this state of things there were no words for the run. */
export async function saveWayTried(tx: Kysely<Tables>, { runId, way }: { runId: string; way: string }): Promise<void> {
  await tx
    .updateTable('runs')
    .set({ ways_tried: sql`array_append(array_remove(ways_tried, ${way}), ${way})` })
    .where('id', '=', runId)
    .execute()
}

/** Nothing can be done for the run until there is a transcript; `error` says what would help. */
export async function letRunWait(
  tx: Kysely<Tables>,
  { id, error }: { id: string; error: ErrorRecord | null },
): Promise<void> {
  await tx
    .updateTable('runs')
    .set({ status: 'needs-transcript', error: json(error), owner: json(null) })
    .where('id', '=', id)
    .where('status', '=', 'working')
    .execute()
}

/** A run with a step that needs a transcript; also while another of its steps is still worked on. */
export interface WaitingRun {
  runId: string
  recordingId: string
  /** Of the recording, as it was last known. */
  path: string
  waysTried: string[]
}

/** Those of one recording or of all, by id; only what comes after a run, where told. */
export async function findWaitingRuns(
  db: Kysely<Tables>,
  { recordingId, after, limit }: { recordingId?: string; after?: string | undefined; limit: number },
): Promise<WaitingRun[]> {
  let query = db
    .selectFrom('steps')
    .innerJoin('runs', 'runs.id', 'steps.run_id')
    .innerJoin('recordings', 'recordings.id', 'runs.recording_id')
    .select(['runs.id as runId', 'recordings.id as recordingId', 'recordings.path', 'runs.ways_tried as waysTried'])
    .where('steps.status', '=', 'needs-transcript')
  if (recordingId !== undefined) query = query.where('recordings.id', '=', recordingId)
  if (after !== undefined) query = query.where('runs.id', '>', after)
  return query.orderBy('runs.id').limit(limit).execute()
}

/** Its steps that need a transcript. */
export async function getStepsInNeed(tx: Kysely<Tables>, runId: string): Promise<{ id: string; kind: StepKind }[]> {
  return tx
    .selectFrom('steps')
    .select(['id', 'kind'])
    .where('run_id', '=', runId)
    .where('status', '=', 'needs-transcript')
    .execute()
}

/** Keeps the recording's transcript as it is until the transaction ends. */
export async function keepTranscriptStill(tx: Kysely<Tables>, recordingId: string): Promise<void> {
  await sql`select from recordings where id = ${recordingId} for share`.execute(tx)
}

/** What a person may say otherwise when the same recording is asked for again, now that there are words for it. */
const aboutWords = ['transcriptPath', 'transcriptLink', 'transcribe', 'withoutWords']

/** The newest run that waits for a transcript and was asked for the same in all but where its words come from. Locked until the transaction ends. */
export async function lockWaitingRunLike(tx: Kysely<Tables>, settings: object): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from runs
    where status = 'needs-transcript'
      and settings - ${aboutWords}::text[] = ${json(settings)}::jsonb - ${aboutWords}::text[]
    order by created_at desc limit 1 for no key update`.execute(tx)
  return rows[0]?.id ?? null
}

/** It is asked for this now. */
export async function setAsked(
  tx: Kysely<Tables>,
  { id, settings, fingerprint }: { id: string; settings: object; fingerprint: string },
): Promise<void> {
  await tx
    .updateTable('runs')
    .set({ settings: json(settings), fingerprint })
    .where('id', '=', id)
    .execute()
}
