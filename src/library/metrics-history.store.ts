import { type Kysely, sql, type Transaction } from 'kysely'
import { json } from '../database/json.ts'
import type { Tables } from '../database/tables.ts'

/** Figures by name, as `queued.cut`, of one minute. */
export interface MetricSample {
  minute: Date
  figures: Readonly<Record<string, number>>
}

/** "clip" in ASCII, as all our advisory locks; and the number of this one. */
const lock = [0x636c6970, 16] as const

interface SampleOptions {
  /** Asked only by the process that takes the sample. */
  measure: (tx: Transaction<Tables>) => Promise<Readonly<Record<string, number>>>
  /** Older samples are forgotten. */
  retentionHours: number
}

/** Takes the sample of this minute, by the database's clock, unless another process has or does. Says whether it did. One connection. */
export async function takeSample(db: Kysely<Tables>, { measure, retentionHours }: SampleOptions): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(${lock[0]}, ${lock[1]})
        and not exists (select from metric_samples where minute = date_trunc('minute', now())) as mine`.execute(tx)
    if (rows[0]?.mine !== true) return false
    const figures = await measure(tx)
    await tx
      .insertInto('metric_samples')
      .values({ minute: sql<Date>`date_trunc('minute', now())`, figures: json(figures) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await tx
      .deleteFrom('metric_samples')
      .where('minute', '<', sql<Date>`now() - make_interval(hours => ${retentionHours})`)
      .execute()
    return true
  })
}

/** Samples after a time, in order. */
export async function getSamples(db: Kysely<Tables>, after: Date): Promise<MetricSample[]> {
  return db.selectFrom('metric_samples').selectAll().where('minute', '>', after).orderBy('minute').execute()
}
