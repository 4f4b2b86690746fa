import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, expect, it, vi } from 'vitest'
import { loadSettings } from '../../src/config/load-settings.ts'
import { type HeldConnections, heldConnections } from '../../src/database/watch-pool.ts'
import { type StepKind, stepKinds } from '../../src/domain/run.ts'
import { getStepsOfRun } from '../../src/library/steps.store.ts'
import { findMediaTools } from '../../src/media/find-media-tools.ts'
import { runTool } from '../../src/media/run-tool.ts'
import { createLogger } from '../../src/observability/logger.ts'
import type { StepContext, StepHandler } from '../../src/pipeline/engine/step-context.ts'
import { openPipeline } from '../../src/pipeline/open-pipeline.ts'
import { idleHandlers, someRunSettings } from '../support/compose-for-test.ts'
import { temporaryDatabase } from '../support/temporary-database.ts'

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** What the process itself takes beside its jobs: one to claim, one for the notes of all steps, one to say that it lives, one for the queue's housekeeping. */
const besideJobs = 4

interface Load {
  poolSize: number
  /** Steps of each kind. */
  atOnce: number
  runs: number
  handle: (context: StepContext, idle: StepHandler) => Promise<void>
}

/** Carries out runs on a pool of its own, and counts what is taken from it. Nothing else uses the pool meanwhile. */
async function work({ poolSize, atOnce, runs, handle }: Load) {
  const settings = loadSettings({ MAX_QUEUE_SIZE: '1000', WORKER_MIN: String(atOnce) })
  const dataFolder = await mkdtemp(join(tmpdir(), 'clipwright-pool-'))
  cleanUps.push(() => rm(dataFolder, { recursive: true, force: true }))
  const database = await temporaryDatabase({ poolSize })
  const { pool, kysely: db } = database
  const handlers = Object.fromEntries(
    stepKinds.map((kind) => [kind, (context: StepContext) => handle(context, idleHandlers[kind])]),
  ) as Record<StepKind, StepHandler>
  const pipeline = await openPipeline({
    settings,
    dataFolder,
    logger: createLogger('silent'),
    tools: await findMediaTools(settings),
    database,
    handlers,
  })
  cleanUps.push(() => pipeline.close())
  const begun: string[] = []
  for (let run = 0; run < runs; run++) begun.push((await pipeline.beginRun(someRunSettings())).runId)

  const seen = { jobs: 0, mostJobs: 0, connections: 0, mostConnections: 0, mostBeside: 0, waited: 0 }
  pool.on('acquire', () => {
    seen.connections += 1
    seen.mostConnections = Math.max(seen.mostConnections, seen.connections)
    seen.mostBeside = Math.max(seen.mostBeside, seen.connections - seen.jobs)
    seen.waited = Math.max(seen.waited, pool.waitingCount)
  })
  pool.on('release', () => {
    seen.connections -= 1
  })
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  const unfinished = new Map(begun.map((runId) => [runId, 11]))
  const worker = await pipeline.startWorker({
    atOnce,
    onChange: ({ runId, change }) => {
      seen.jobs += change === 'begun' ? 1 : -1
      seen.mostJobs = Math.max(seen.mostJobs, seen.jobs)
      if (change === 'begun') return
      unfinished.set(runId, (unfinished.get(runId) ?? 0) - 1)
      if ([...unfinished.values()].every((steps) => steps <= 0)) resolve()
    },
  })
  cleanUps.push(() => worker.stop())
  return {
    /** What was seen until every step had ended. */
    seenAtEnd: ended.then(() => ({ ...seen })),
    /** Every step of every run, when all are done. */
    allDone: () =>
      vi.waitUntil(
        async () => {
          const steps = (await Promise.all(begun.map((runId) => getStepsOfRun(db, runId)))).flat()
          return steps.length === 11 * runs && steps.every(({ status }) => status === 'done')
        },
        { timeout: 120_000 },
      ),
    use: database.use,
  }
}

it('takes one connection a job at most, and no deadlock with more jobs than connections', async () => {
  const held: HeldConnections[] = []
  const { seenAtEnd, allDone, use } = await work({
    poolSize: 2,
    atOnce: 8,
    runs: 12,
    handle: (context, idle) => {
      const mine = { now: 0, most: 0 }
      held.push(mine)
      return heldConnections.run(mine, async () => {
        for (let i = 0; i < 3; i++) {
          context.report({ fraction: i / 3, message: 'asking' })
          await sql`select pg_sleep(0.01)`.execute(context.db)
          await context.db.transaction().execute((tx) => sql`select 1`.execute(tx))
        }
        await idle(context)
      })
    },
  })
  const seen = await seenAtEnd
  await allDone()
  expect(held.length).toBeGreaterThanOrEqual(12 * 11)
  expect(Math.max(...held.map(({ most }) => most))).toBe(1)
  expect(held.every(({ now }) => now === 0)).toBe(true)
  // It was crowded, and it shows.
  expect(seen.mostJobs).toBeGreaterThan(2)
  expect(seen.waited).toBeGreaterThan(0)
  expect(use.longestWait()).toBeGreaterThan(0)
  expect(seen.mostConnections).toBeLessThanOrEqual(2)
})

it('takes no second connection for progress, beats and programs while a job holds one', async () => {
  const beaten = new Set<string>()
  // A transaction held all the while: whatever else a step took would be its second connection.
  const { seenAtEnd, allDone } = await work({
    poolSize: 7 * 2 + besideJobs,
    atOnce: 2,
    runs: 4,
    handle: async (context, idle) => {
      const reporting = setInterval(() => context.report({ fraction: Math.random(), message: 'working' }), 1)
      try {
        await context.db.transaction().execute(async (tx) => {
          await runTool({ command: process.execPath, args: ['--version'], ledger: context.ledger })
          // Until its job has been heard of again since it was begun, and its progress was written.
          if (context.step.kind === 'analyze') await untilNoted(tx, context.step.id)
          if (context.step.kind === 'analyze') beaten.add(context.step.id)
        })
        await idle(context)
      } finally {
        clearInterval(reporting)
      }
    },
  })
  const seen = await seenAtEnd
  await allDone()
  expect(beaten.size).toBe(4)
  expect(seen.mostJobs).toBeGreaterThan(1)
  expect(seen.mostBeside).toBeLessThanOrEqual(besideJobs)
})

async function untilNoted(tx: StepContext['db'], stepId: string): Promise<void> {
  for (let isNoted = false; !isNoted; ) {
    const { rows } = await sql<{ isNoted: boolean }>`
      select job.heartbeat_on > job.started_on and steps.progress <> 'null' as "isNoted"
      from steps join boss.job on job.name = steps.kind and job.id = steps.job_id
      where steps.id = ${stepId}`.execute(tx)
    isNoted = rows[0]?.isNoted ?? false
    if (!isNoted) await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
