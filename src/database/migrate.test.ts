import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryDatabase } from '../../test/support/temporary-database.ts'
import type { Database } from './connect.ts'
import { migrateDown, migrateUp } from './migrate.ts'

let database: Database
let folder: string
beforeEach(async () => {
  database = await temporaryDatabase({ migrated: false })
  folder = mkdtempSync(join(tmpdir(), 'clipwright-migrations-'))
})
afterEach(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

function write(name: string, up: string, down = 'select 1'): void {
  const statements = (text: string) =>
    `await db.executeQuery({ sql: ${JSON.stringify(text)}, parameters: [], query: { kind: 'RawNode' }, queryId: { queryId: '' } })`
  writeFileSync(
    join(folder, `${name}.ts`),
    `export async function up(db: any): Promise<void> { ${statements(up)} }
     export async function down(db: any): Promise<void> { ${statements(down)} }`,
  )
}

function twoMigrations(): void {
  write('0001-first', 'create table first (id int)', 'drop table first')
  write('0002-second', 'create table second (id int)', 'drop table second')
}

async function tables(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_name not like 'kysely%' order by 1`.execute(database.kysely)
  return rows.map(({ name }) => name)
}

test('up, up again, down one, down all, up', async () => {
  twoMigrations()
  expect(await migrateUp(database.kysely, { folder })).toEqual(['0001-first', '0002-second'])
  expect(await migrateUp(database.kysely, { folder })).toEqual([])
  expect(await tables()).toEqual(['first', 'second'])
  expect(await migrateDown(database.kysely, { folder, steps: 1 })).toEqual(['0002-second'])
  expect(await tables()).toEqual(['first'])
  expect(await migrateDown(database.kysely, { folder, steps: 'all' })).toEqual(['0001-first'])
  expect(await tables()).toEqual([])
  expect(await migrateUp(database.kysely, { folder })).toEqual(['0001-first', '0002-second'])
})

test("Clipwright's own: all up, down, up", async () => {
  const done = await migrateUp(database.kysely)
  const made = await tables()
  expect(await migrateDown(database.kysely, { steps: 'all' })).toEqual(done.toReversed())
  expect(await tables()).toEqual([])
  const { rows } = await sql`select typname from pg_type join pg_namespace n on n.oid = typnamespace
    where nspname = 'public' and typname not like '%kysely%'`.execute(database.kysely)
  expect(rows).toEqual([])
  expect(await migrateUp(database.kysely)).toEqual(done)
  expect(await tables()).toEqual(made)
})

test('with data: what waits for a transcript has failed for an older program, which knows no files for clips either', async () => {
  const { kysely } = database
  const done = await migrateUp(kysely)
  const newer = done.slice(done.indexOf('0020-assets-and-kept-answers'))
  await sql`insert into runs (status, fingerprint, settings, owner, error, created_by) values
    ('needs-transcript', ${'a'.repeat(64)}, '{}', 'null', '{}', 'cli'), ('working', ${'b'.repeat(64)}, '{}', 'null', 'null', 'cli')`.execute(
    kysely,
  )
  await sql`insert into steps (run_id, kind, subject, status, job_id, holder, progress, output, error)
    select id, 'transcribe', 0, 'needs-transcript', gen_random_uuid(), 'null', 'null', 'null', '{}' from runs`.execute(
    kysely,
  )
  await sql`insert into uploads (kind, part, status, title, file_name, metadata, settings)
    select kind, 'whole', 'receiving', kind, '', '', '{}' from unnest(array['recording', 'asset']) kind`.execute(kysely)
  await sql`with call as (
      insert into model_calls (provider, model, purpose, prompt_version, content_key, outcome, holder, reserved_tokens, reserved_usd, begun_at)
      values ('p', 'm', 'rank', '1', ${'c'.repeat(64)}, 'pending', 'null', 0, 0, now()) returning id
    ) insert into model_reuses (call_id) select id from call`.execute(kysely)
  expect(await migrateDown(kysely, { steps: newer.length })).toEqual(newer.toReversed())
  const stands = async (table: string) =>
    (
      await sql<{ stands: string }>`
        select status || case when finished_at is null then '' else ', ended' end as stands from ${sql.table(table)} order by 1`.execute(
        kysely,
      )
    ).rows.map((row) => row.stands)
  expect(await stands('runs')).toEqual(['failed, ended', 'working'])
  expect(await stands('steps')).toEqual(['failed, ended', 'failed, ended'])
  expect((await sql`select kind from uploads`.execute(kysely)).rows).toEqual([{ kind: 'recording' }])
  expect(await migrateUp(kysely)).toEqual(newer)
  expect(await stands('runs')).toEqual(['failed, ended', 'working'])
})

test('a folder without migrations, and with other files', async () => {
  writeFileSync(join(folder, 'README.md'), '')
  expect(await migrateUp(database.kysely, { folder })).toEqual([])
})

test('more steps down than there are', async () => {
  twoMigrations()
  await migrateUp(database.kysely, { folder })
  expect(await migrateDown(database.kysely, { folder, steps: 5 })).toEqual(['0002-second', '0001-first'])
})

test('a step that fails takes the whole update back, and says which it was', async () => {
  write('0001-first', 'create table first (id int)')
  write('0002-broken', 'create table second (id nonsense)')
  await expect(migrateUp(database.kysely, { folder })).rejects.toMatchObject({
    code: 'MIGRATION_FAILED',
    message: expect.stringContaining('0002-broken'),
    evidence: { output: expect.stringContaining('nonsense') },
  })
  expect(await tables()).toEqual([])
})

test('a database of a newer version is left alone', async () => {
  twoMigrations()
  await migrateUp(database.kysely, { folder })
  rmSync(join(folder, '0002-second.ts'))
  const newer = { code: 'DATABASE_NEWER', message: expect.stringContaining('0002-second') }
  await expect(migrateUp(database.kysely, { folder })).rejects.toMatchObject(newer)
  await expect(migrateDown(database.kysely, { folder, steps: 'all' })).rejects.toMatchObject(newer)
  expect(await tables()).toEqual(['first', 'second'])
})

test('several processes at once: all succeed, each step is done once', async () => {
  twoMigrations()
  const program = `
    import { connect } from './src/database/connect.ts'
    import { migrateUp } from './src/database/migrate.ts'
    import { createLogger } from './src/observability/logger.ts'
    const { connection, folder } = JSON.parse(process.argv[1])
    const database = connect({ connection, poolSize: 2, logger: createLogger('silent') })
    process.stdout.write(JSON.stringify(await migrateUp(database.kysely, { folder })))
    await database.close()`
  const { host, port, user, password, database: name } = database.connection
  const argument = JSON.stringify({ connection: { host, port, user, password, database: name }, folder })
  const run = () => promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', program, argument])
  const outcomes = await Promise.all([run(), run(), run(), run()])
  const done = outcomes.map(({ stdout }) => JSON.parse(stdout) as string[])
  expect(done.flat().sort()).toEqual(['0001-first', '0002-second'])
})
