import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { composeForTest, type TestClipwright } from '../../../test/support/compose-for-test.ts'
import { getRun } from '../../library/runs.store.ts'
import { createLogger } from '../../observability/logger.ts'
import { watchForWords } from './watch-for-words.ts'

let clipwright: TestClipwright
beforeAll(async () => {
  clipwright = await composeForTest()
})
afterAll(() => clipwright.close())

it('passes over none of very many runs that wait', async () => {
  const db = clipwright.database.kysely
  await sql`
    insert into recordings (title, path, content_hash, size_bytes, duration_seconds, info, created_by, updated_by)
    select 'talk', '/talks/' || n || '.mp4', lpad(n::text, 64, '0'), 1, 60, '{}', 'cli', 'cli' from generate_series(1, 450) n`.execute(
    db,
  )
  await sql`
    insert into runs (recording_id, status, fingerprint, settings, owner, error, ways_tried, created_by)
    select id, 'needs-transcript', repeat('a', 64), '{}', 'null', 'null', '{nothing}', 'cli' from recordings`.execute(
    db,
  )
  await sql`
    insert into steps (run_id, kind, subject, status, job_id, holder, progress, output, error)
    select id, 'transcribe', 0, 'needs-transcript', gen_random_uuid(), 'null', 'null', 'null', '{}' from runs`.execute(
    db,
  )
  const { rows } = await sql<{ id: string; path: string }>`
    select runs.id, path from runs join recordings on recordings.id = recording_id order by runs.id`.execute(db)
  const ready = [rows[0], rows[220], rows[449]]
  const paths = new Set(ready.map((run) => run?.path))
  const wayToWords = async ({ path }: { path: string }) => (paths.has(path) ? 'a file' : 'nothing')
  await using _ = watchForWords({ db, logger: createLogger('silent'), wayToWords, pauseMs: 1 })
  const statuses = () => Promise.all(ready.map(async (run) => (await getRun(db, run?.id ?? '')).status))
  await vi.waitFor(async () => expect(await statuses()).toEqual(['working', 'working', 'working']), { timeout: 60_000 })
  const left = await sql<{ count: number }>`select count(*)::int from runs where status = 'needs-transcript'`.execute(
    db,
  )
  expect(left.rows).toEqual([{ count: 447 }])
})
