import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { seededRandom } from '../../src/domain/seeded-random.ts'
import { Command } from '../support/command.ts'
import { composeForTest, someRunSettings } from '../support/compose-for-test.ts'
import { databaseUrlOf } from '../support/database-url.ts'

const program = fileURLToPath(new URL('../fixtures/idle-worker.ts', import.meta.url))
const runs = 30
/** Ingest, transcribe, analyze, detect and conclude of each. */
const allSteps = 5 * runs
/** Somebody is killed each time so many more are done: by the clock, a slow machine would see only workers killed that still start. */
const stepsBetweenKills = 10

it('thirty runs survive workers that are killed one after the other: nothing is lost, nothing is done twice', async () => {
  const clipwright = await composeForTest()
  const db = clipwright.database.kysely
  const dataFolder = await mkdtemp(join(tmpdir(), 'clipwright-workers-'))
  const env = { DATABASE_URL: databaseUrlOf(clipwright.database) }
  const hire = () => new Command([JSON.stringify({ dataFolder, takesMs: 150 })], { program, env })
  const workers: Command[] = []
  try {
    for (let i = 0; i < runs; i++) await clipwright.beginRun(someRunSettings())
    for (let i = 0; i < 3; i++) workers.push(hire())
    await Promise.all(workers.map((worker) => worker.says('"ready":true')))
    const random = seededRandom(3)
    let killed = 0
    while ((await count('runs', 'working')) > 0) {
      await sleep(20)
      if ((await count('steps', 'done')) < (killed + 1) * stepsBetweenKills) continue
      const at = Math.floor(random() * workers.length)
      const [victim] = workers.splice(at, 1, hire())
      victim?.interruptGroup('SIGKILL')
      await victim?.ended
      killed++
    }
    expect(killed).toBeGreaterThanOrEqual(5)
    const { rows } = await sql<{ status: string; count: number }>`
      select status, count(*)::int as count from runs group by status`.execute(db)
    expect(rows).toEqual([{ status: 'done', count: runs }])
    const steps = await sql<{ status: string; steps: number; endings: number }>`
      select s.status, count(distinct s.id)::int as steps, count(e.id)::int as endings
      from steps s left join events e on e.message = s.id::text and e.name = 'ended' group by s.status`.execute(db)
    expect(steps.rows).toEqual([{ status: 'done', steps: allSteps, endings: allSteps }])
  } finally {
    await Promise.all(workers.map((worker) => worker.destroy()))
    await clipwright.close()
    await rm(dataFolder, { recursive: true, force: true })
  }

  async function count(table: 'runs' | 'steps', status: string): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(table)} where status = ${status}`.execute(db)
    return rows[0]?.count ?? 0
  }
})
