import { Kysely, PostgresDialect, sql } from 'kysely'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../../src/database/connect.ts'
import type { Tables } from '../../../src/database/tables.ts'
import { measureDashboard } from '../../../src/http/dashboard/measure-dashboard.ts'
import { StorageScales } from '../../../src/http/dashboard/storage-scales.ts'
import { RequestFigures } from '../../../src/http/metrics/request-figures.ts'
import { getSamples } from '../../../src/library/metrics-history.store.ts'
import { ProcessMeter } from '../../../src/observability/process-meter.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'
import { vacuumWhole } from '../../support/vacuum-whole.ts'

// 10,000 recordings over a year with a run of eleven steps each, three clips; and a week of samples.
const library = [
  sql`
    insert into recordings (title, path, content_hash, size_bytes, duration_seconds, info, created_by, updated_by)
    select 'Episode ' || n, '/recordings/' || n, lpad(to_hex(n), 64, '0'), 1000000 + n, 600, '{}', 'cli', 'cli'
    from generate_series(1, 10000) n`,
  sql`
    insert into runs (recording_id, status, fingerprint, settings, error, created_by, created_at, finished_at)
    select id, 'done', content_hash, '{}', 'null', 'cli', at, at + interval '5 minutes'
    from (select *, now() - make_interval(mins => 10 + 50 * size_bytes::int % 500000) as at from recordings) recordings`,
  sql`
    insert into steps (run_id, kind, subject, status, job_id, holder, progress, output, error, queued_at, started_at, finished_at)
    select runs.id, kind, subject, case when failed then 'failed' else 'done' end, gen_random_uuid(), 'null', 'null', '{}',
      case when failed then '{"code":"FEED_GONE","message":"The feed is gone.","retry":"later"}'::jsonb else 'null' end,
      created_at, created_at + interval '10 seconds', created_at + interval '40 seconds'
    from runs, (values ('ingest', 0), ('transcribe', 0), ('analyze', 0), ('detect', 0), ('reframe', 1), ('reframe', 2), ('reframe', 3),
      ('cut', 1), ('cut', 2), ('cut', 3), ('conclude', 0)) as of (kind, subject),
      lateral (select kind = 'cut' and runs.fingerprint like '%7f' as failed) fate`,
  sql`
    insert into failed_attempts (step_id, job_id, attempt, error, ended_at)
    select id, job_id, n, '{"code":"FEED_GONE","message":"The feed is gone."}', finished_at
    from steps, generate_series(1, 3) n where kind = 'cut'`,
  sql`
    insert into renderings (key, path, sha256, size_bytes, duration_seconds, width, height, report)
    select lpad(to_hex(n), 64, '0'), 'renderings/' || n, lpad(to_hex(n), 64, '0'), 5000000, 30, 1080, 1920, '{}' from generate_series(1, 30000) n`,
  sql`
    insert into model_calls (provider, model, purpose, prompt_version, content_key, outcome, reserved_tokens, reserved_usd, begun_at, ended_at)
    select 'anthropic', 'claude', 'moments', '1', lpad(to_hex(n), 64, '0'), 'failed', 1, 0, at, at
    from (select n, now() - make_interval(mins => n * 30) as at from generate_series(1, 20000) n) calls`,
  sql`
    insert into metric_samples (minute, figures)
    select date_trunc('minute', now()) - make_interval(mins => n), '{"working": 1, "queued.cut": 2}' from generate_series(1, 10080) n`,
]

let database: Database
beforeAll(async () => {
  database = await temporaryDatabase()
  for (const statement of library) await statement.execute(database.kysely)
  await vacuumWhole(database.pool)
})
afterAll(() => database.close())

/** Tables that grow with the library. Workers and paused kinds do not. */
const big = [
  'recordings',
  'runs',
  'steps',
  'renderings',
  'clips',
  'segments',
  'failed_attempts',
  'model_calls',
  'metric_samples',
  'job',
]

it('never reads a big table from end to end, and asks as often as with an empty library', async () => {
  const asked: { sql: string; parameters: readonly unknown[] }[] = []
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: database.pool }),
    log: ({ query }) => {
      asked.push({ sql: query.sql, parameters: query.parameters })
    },
  })
  using meter = new ProcessMeter()
  const snapshot = await measureDashboard(db, {
    database,
    scales: new StorageScales('/tmp'),
    meter,
    requests: new RequestFigures(new Registry()),
  })
  await getSamples(db, new Date(Date.now() - 300_000))
  expect(snapshot.storage.recordings.count).toBe(10_000)
  expect(snapshot.durations.find(({ kind }) => kind === 'cut')?.worked).toBeGreaterThan(50)
  expect(snapshot.queue.some(({ failed }) => failed > 0)).toBe(true)
  expect(snapshot.errors.length).toBe(1)
  expect(asked.length).toBeLessThanOrEqual(14)
  const scans: string[] = []
  for (const { sql: statement, parameters } of asked) {
    const { rows } = await database.pool.query<{ 'QUERY PLAN': string }>(`explain ${statement}`, [...parameters])
    for (const row of rows) {
      const table = /Seq Scan on (\w+)/.exec(row['QUERY PLAN'])?.[1]
      if (table !== undefined && big.includes(table)) scans.push(`${table}: ${statement}`)
    }
  }
  expect(scans).toEqual([])
})

it('would see a big table that is read from end to end', async () => {
  const { rows } = await database.pool.query<{ 'QUERY PLAN': string }>('explain select sum(attempts) from steps')
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Seq Scan on steps/)
})
