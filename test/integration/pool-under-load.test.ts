import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, expect, it } from 'vitest'
import { loadSettings } from '../../src/config/load-settings.ts'
import { type HeldConnections, heldConnections } from '../../src/database/watch-pool.ts'
import { type StepKind, stepKinds } from '../../src/domain/run.ts'
import { getRun } from '../../src/library/runs.store.ts'
import { getStepsOfRun } from '../../src/library/steps.store.ts'
import { findMediaTools } from '../../src/media/find-media-tools.ts'
import { createLogger } from '../../src/observability/logger.ts'
import type { StepHandler } from '../../src/pipeline/engine/step-context.ts'
import { openPipeline, type Pipeline } from '../../src/pipeline/open-pipeline.ts'
import { idleHandlers, someRunSettings } from '../support/compose-for-test.ts'
import { temporaryDatabase } from '../support/temporary-database.ts'

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

interface Load {
  poolSize: number
  atOnce: number
  runs: number
}

/**
 * Runs whose steps ask the database again and again, and how many connections each of them held at once. Without progress and heartbeats: those are
 * written beside the work, on a connection that is free by itself and waits for nothing.
 */
async function work({ poolSize, atOnce, runs }: Load) {
  const settings = loadSettings({ MAX_QUEUE_SIZE: '1000' })
  const dataFolder = await mkdtemp(join(tmpdir(), 'clipwright-pool-'))
  cleanUps.push(() => rm(dataFolder, { recursive: true, force: true }))
  const database = await temporaryDatabase({ poolSize })
  const held: HeldConnections[] = []
  const seen = { active: 0, most: 0, waited: 0 }
  const handlers = Object.fromEntries(stepKinds.map((kind) => [kind, measured(idleHandlers[kind])])) as Record<
    StepKind,
    StepHandler
  >

  function measured(handler: StepHandler): StepHandler {
    return (context) => {
      const mine = { now: 0, most: 0 }
      held.push(mine)
      return heldConnections.run(mine, async () => {
        seen.active += 1
        seen.most = Math.max(seen.most, seen.active)
        for (let i = 0; i < 3; i++) {
          await sql`select pg_sleep(0.01)`.execute(context.db)
          await context.db.transaction().execute((tx) => sql`select 1`.execute(tx))
          seen.waited = Math.max(seen.waited, database.pool.waitingCount)
        }
        await handler(context)
        seen.active -= 1
      })
    }
  }

  const pipeline: Pipeline = await openPipeline({
    settings,
    dataFolder,
    logger: createLogger('silent'),
    tools: await findMediaTools(settings),
    database,
    handlers,
  })
  cleanUps.push(() => pipeline.close())
  const begun = await Promise.all(Array.from({ length: runs }, () => pipeline.beginRun(someRunSettings())))
  const worker = await pipeline.startWorker({ atOnce })
  cleanUps.push(() => worker.stop())
  const db = database.kysely
  await expect
    .poll(
      async () =>
        (await Promise.all(begun.map(({ runId }) => getRun(db, runId)))).every(({ status }) => status === 'done'),
      { interval: 100 },
    )
    .toBe(true)
  const steps = (await Promise.all(begun.map(({ runId }) => getStepsOfRun(db, runId)))).flat()
  return { held, seen, steps, pool: database.pool, use: database.use }
}

it('takes one connection a job at most, and no deadlock with more jobs than connections', async () => {
  const { held, seen, steps, pool, use } = await work({ poolSize: 2, atOnce: 8, runs: 12 })
  expect(steps.every(({ status, attempts }) => status === 'done' && attempts === 1)).toBe(true)
  // Every step, each once: eleven of a run.
  expect(held.length).toBe(12 * 11)
  expect(Math.max(...held.map(({ most }) => most))).toBe(1)
  expect(held.every(({ now }) => now === 0)).toBe(true)
  // It was crowded, and it shows.
  expect(seen.most).toBeGreaterThan(2)
  expect(seen.waited).toBeGreaterThan(0)
  expect(use.longestWait()).toBeGreaterThan(0)
  expect(pool.totalCount).toBeLessThanOrEqual(2)
})
