import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { StepKind } from '../../domain/run.ts'
import { kindsPerMoment } from '../engine/follow.ts'
import { flow } from '../flow.ts'

/** How long steps of a kind take. */
export interface KindPace {
  /** Mean of one step. */
  seconds: number
  /** The same for each second of its recording. */
  perMediaSecond: number
}
export type KnownPace = ReadonlyMap<StepKind, KindPace>

// Enough to even out single runs, few enough to follow a machine that has changed.
const runsLookedAt = 20
const keptMs = 60_000

const kept = new WeakMap<Kysely<Tables>, { until: number; pace: Promise<KnownPace> }>()

/** How long steps took in the newest runs that are done; results that were there already count for nothing. Asked for once a minute. */
export function knownPace(db: Kysely<Tables>): Promise<KnownPace> {
  const before = kept.get(db)
  if (before !== undefined && before.until > Date.now()) return before.pace
  const pace = readPace(db)
  kept.set(db, { until: Date.now() + keptMs, pace })
  // What failed is asked for again.
  pace.catch(() => kept.delete(db))
  return pace
}

async function readPace(db: Kysely<Tables>): Promise<KnownPace> {
  const rows = await db
    .with('recent', (lately) =>
      lately
        .selectFrom('runs')
        .innerJoin('recordings', 'recordings.id', 'runs.recording_id')
        .select(['runs.id', 'recordings.duration_seconds'])
        .where('runs.status', '=', 'done')
        .orderBy('runs.created_at', 'desc')
        .limit(runsLookedAt),
    )
    .selectFrom('steps')
    .innerJoin('recent', 'recent.id', 'steps.run_id')
    .select('steps.kind')
    .select(sql<number>`avg(extract(epoch from finished_at - started_at))::float8`.as('seconds'))
    .select(
      sql<number>`(sum(extract(epoch from finished_at - started_at)) / nullif(sum(duration_seconds), 0))::float8`.as(
        'perMediaSecond',
      ),
    )
    .where('steps.status', '=', 'done')
    .where('steps.reused', '=', false)
    .whereRef('steps.finished_at', '>=', 'steps.started_at')
    .groupBy('steps.kind')
    .execute()
  return new Map(rows.map(({ kind, seconds, perMediaSecond }) => [kind, { seconds, perMediaSecond }]))
}

interface StepToExpect {
  kind: StepKind
  /** Seconds of the recording; null while it is not known. */
  duration: number | null
  /** Seconds that steps of the same kind took in the same run: they tell the most. */
  siblings: readonly number[]
}

const perMoment = kindsPerMoment(flow)

/** Seconds that a step should take, or null when nothing like it is known. Pure. */
export function expectStep({ kind, duration, siblings }: StepToExpect, pace: KnownPace): number | null {
  if (siblings.length > 0) return siblings.reduce((sum, seconds) => sum + seconds, 0) / siblings.length
  const known = pace.get(kind)
  if (known === undefined) return null
  if (perMoment.has(kind)) return known.seconds
  return duration === null ? null : known.perMediaSecond * duration
}
