import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSettings } from '../../../src/config/load-settings.ts'
import { AppError, toErrorRecord } from '../../../src/domain/app-error.ts'
import { Sampler } from '../../../src/http/dashboard/sampler.ts'
import { StorageScales } from '../../../src/http/dashboard/storage-scales.ts'
import { saveFailedAttempt } from '../../../src/library/failed-attempts.store.ts'
import { takeSample } from '../../../src/library/metrics-history.store.ts'
import { pauseKind } from '../../../src/library/paused-kinds.store.ts'
import { insertWorker } from '../../../src/library/workers.store.ts'
import { createLogger } from '../../../src/observability/logger.ts'
import { ProcessMeter } from '../../../src/observability/process-meter.ts'
import { thisProcess } from '../../../src/observability/this-process.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { someRunSettings } from '../../support/compose-for-test.ts'
import { lastingWorker } from '../../support/lasting-worker.ts'
import { storedSamples } from '../../support/stored-samples.ts'

let test: TestApp
beforeEach(async () => {
  test = await appForTest()
})
afterEach(() => test.close())

const dashboard = async (query = '') => {
  const response = await test.app.inject({ url: `/api/v1/dashboard${query}` })
  expect(response.statusCode).toBe(200)
  return response.json()
}
const db = () => test.clipwright.database.kysely

class FeedGone extends AppError {
  readonly code = 'FEED_GONE'
  constructor(which: string) {
    super(`The feed ${which} is gone.`)
  }
}

it('shows an empty library', async () => {
  const shown = await dashboard()
  expect(shown.throughput).toEqual({ recordings: { hour: 0, day: 0 }, clips: { hour: 0, day: 0 } })
  expect(shown.durations).toContainEqual({ kind: 'cut', p50: null, p95: null, worked: 0, reused: 0 })
  expect(shown.queue).toContainEqual({
    kind: 'cut',
    queued: 0,
    working: 0,
    failed: 0,
    longestWait: null,
    paused: false,
  })
  expect([shown.errors, shown.workers]).toEqual([[], []])
  expect(shown.cache.reusedSteps).toBeNull()
  expect(shown.connections).toMatchObject({ most: 10, waiting: 0 })
  expect(shown.connections.server.open).toBeGreaterThan(0)
  expect(shown.storage.disk.free).toBeLessThanOrEqual(shown.storage.disk.total)
  expect(shown.storage.kinds.find(({ kind }: { kind: string }) => kind === 'database').bytes).toBeGreaterThan(1e6)
  expect(shown.history.at).toHaveLength(240)
})

it('counts what was done, how long it took, and how soon it was there', async () => {
  const worker = await test.clipwright.startWorker()
  const { runId } = await test.clipwright.beginRun(someRunSettings())
  await test.clipwright.ended(runId)
  await worker.stop()
  await sql`update runs set created_at = now() - interval '120 seconds'`.execute(db())
  await sql`
    update steps set started_at = now() - interval '10 seconds', finished_at = now() - interval '4 seconds'
    where kind = 'cut' and subject = 1`.execute(db())
  await sql`
    update steps set reused = true, started_at = now() - interval '99 seconds', finished_at = now() where kind = 'cut' and subject = 2`.execute(
    db(),
  )
  await sql`update steps set finished_at = now() - interval '3 hours', started_at = now() - interval '4 hours' where kind = 'cut' and subject = 3`.execute(
    db(),
  )
  await sql`
    update steps set finished_at = run.created_at + interval '30 seconds' from (select created_at from runs) as run
    where kind = 'transcribe'`.execute(db())
  const { throughput, durations, stages, cache } = await dashboard()
  expect(throughput).toEqual({ recordings: { hour: 1, day: 1 }, clips: { hour: 2, day: 3 } })
  // Of the two that did work, 6 s and 3600 s.
  const cut = durations.find(({ kind }: { kind: string }) => kind === 'cut')
  expect(cut).toMatchObject({ worked: 2, reused: 1 })
  expect(cut.p50).toBeCloseTo(1803, 0)
  expect(cut.p95).toBeGreaterThan(3000)
  expect(stages[0]).toMatchObject({ stage: 'transcribed', runs: 1 })
  expect(stages[0].p50).toBeCloseTo(30, 0)
  expect(stages.map(({ stage }: { stage: string }) => stage)).toEqual(['transcribed', 'moments found', 'clips ready'])
  expect(cache.reusedSteps).toBeCloseTo(1 / 11, 5)
})

it('shows what waits, what is paused, what failed and for how long', async () => {
  await test.clipwright.beginRun(someRunSettings())
  await test.clipwright.beginRun(someRunSettings())
  await sql`update steps set queued_at = now() - interval '70 seconds'`.execute(db())
  await pauseKind(db(), 'ingest', 'test')
  const { queue } = await dashboard()
  expect(queue[0]).toMatchObject({ kind: 'ingest', queued: 2, working: 0, failed: 0, paused: true })
  expect(queue[0].longestWait).toBeGreaterThanOrEqual(70)
})

it('groups errors by code, with the newest as the example', async () => {
  const { newStep } = storedSamples(test.clipwright.database)
  const fail = async (error: unknown, hoursAgo: number) => {
    const id = await newStep()
    const step = { id, jobId: randomUUID(), attempts: 1, holder: null, startedAt: null }
    await saveFailedAttempt(db(), step, toErrorRecord(error))
    await sql`update failed_attempts set ended_at = now() - make_interval(hours => ${hoursAgo}) where step_id = ${id}`.execute(
      db(),
    )
    const { run_id } = await db().selectFrom('steps').select('run_id').where('id', '=', id).executeTakeFirstOrThrow()
    return run_id
  }
  await fail(new FeedGone('a'), 5)
  const newest = await fail(new FeedGone('b'), 1)
  await fail(new Error('a secret'), 3)
  await fail(new FeedGone('long ago'), 30)
  const { errors } = await dashboard()
  expect(errors).toMatchObject([
    { code: 'FEED_GONE', count: 2, message: 'The feed b is gone.', runId: newest, run: `/api/v1/runs/${newest}` },
    { code: 'UNEXPECTED', count: 1, kind: 'analyze' },
  ])
})

it('tells a worker that lives from one that died', async () => {
  const of = { kinds: ['cut' as const], limits: { cut: 1 }, onlyRun: null, memoryBytes: 5e7, restarts: 2 }
  await lastingWorker(db(), of)
  await insertWorker(db(), { ...of, identity: { ...thisProcess(), pid: 2 ** 22 + 1, startTime: '1' } })
  const silent = await insertWorker(db(), { ...of, identity: { ...thisProcess(), host: 'elsewhere' } })
  const forgotten = await insertWorker(db(), { ...of, identity: { ...thisProcess(), host: 'long ago' } })
  await sql`update workers set beat_at = now() - interval '20 seconds' where id = ${silent}`.execute(db())
  await sql`update workers set beat_at = now() - interval '2 days' where id = ${forgotten}`.execute(db())
  const { workers } = await dashboard()
  expect(workers.map(({ host, state }: { host: string; state: string }) => [host, state])).toEqual([
    [thisProcess().host, 'working'],
    [thisProcess().host, 'dead'],
    ['elsewhere', 'dead'],
  ])
  expect(workers[0]).toMatchObject({ memoryBytes: 5e7, restarts: 2, doing: [] })
})

it('refuses hours that make no sense', async () => {
  for (const hours of ['0', '-1', 'all', '1e9', '1.5']) {
    const response = await test.app.inject({ url: `/api/v1/dashboard?hours=${hours}` })
    expect(response.json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
  }
})

describe('the history', () => {
  const samplerOf = (retentionHours = 168) =>
    new Sampler({
      pipeline: test.clipwright,
      instruments: {
        database: test.clipwright.database,
        scales: new StorageScales(test.clipwright.dataFolder),
        meter: new ProcessMeter(),
        requests: test.app.requestFigures,
      },
      retentionHours,
      logger: createLogger('silent'),
    })
  const minutes = async () =>
    (await db().selectFrom('metric_samples').select('minute').orderBy('minute').execute()).length
  const age = (hours: number) =>
    sql`update metric_samples set minute = minute - make_interval(hours => ${hours})`.execute(db())

  it('is written once a minute by one of many', async () => {
    const taken = await Promise.all(Array.from({ length: 5 }, () => samplerOf().sample()))
    // Across the end of a minute, two of them may.
    expect(taken.filter(Boolean).length).toBe(await minutes())
    expect(await minutes()).toBeLessThanOrEqual(2)
    const [first, second] = await Promise.all([takeOne(), takeOne()])
    expect([first, second].filter(Boolean).length).toBeLessThanOrEqual(1)
  })

  const takeOne = () => takeSample(db(), { measure: async () => ({ working: 1 }), retentionHours: 1 })

  it('is forgotten after the hours it is kept for', async () => {
    await samplerOf().sample()
    await age(3)
    await samplerOf(2).sample()
    expect(await minutes()).toBe(1)
  })

  it('is shown, and is there again after a restart', async () => {
    await test.clipwright.beginRun(someRunSettings())
    await samplerOf().sample()
    await age(2)
    for (const _ of ['before', 'after']) {
      const { history } = await dashboard('?hours=6')
      const ingest = history.series.find(({ name }: { name: string }) => name === 'queued.ingest')
      expect(ingest.values.filter((value: number | null) => value !== null)).toEqual([1])
      expect(ingest.values).toHaveLength(history.at.length)
      await test.app.close()
      const first = test
      test = { ...(await restarted()), close: () => first.close() }
    }
  })

  async function restarted() {
    const { buildApp } = await import('../../../src/http/build-app.ts')
    const app = await buildApp({
      settings: loadSettings({}),
      pipeline: test.clipwright,
      logger: createLogger('silent'),
      version: '0.0.0',
    })
    const { clipwright } = test
    return { app, clipwright }
  }

  it('has a series for every figure that is kept', async () => {
    await samplerOf().sample()
    const { figures } = await db().selectFrom('metric_samples').select('figures').executeTakeFirstOrThrow()
    const { history } = await dashboard()
    const names = history.series.map(({ name }: { name: string }) => name)
    expect(names).toEqual(expect.arrayContaining(Object.keys(figures)))
    expect(Object.keys(figures)).toEqual(expect.arrayContaining(['cpu.machine', 'queued.cut', 'disk.free', 'workers']))
  })
})
