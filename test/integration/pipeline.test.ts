import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { json } from '../../src/database/json.ts'
import { AppError } from '../../src/domain/app-error.ts'
import type { StepKind } from '../../src/domain/run.ts'
import { createLogger } from '../../src/observability/logger.ts'
import { hasEnded, thisProcess } from '../../src/observability/this-process.ts'
import { type ClaimedStep, claimSteps } from '../../src/pipeline/engine/claim-steps.ts'
import { finishSteps, type StepEnd } from '../../src/pipeline/engine/finish-step.ts'
import { recoverAbandoned } from '../../src/pipeline/engine/recover-abandoned.ts'
import { settleLostSteps } from '../../src/pipeline/engine/settle-lost-steps.ts'
import type { StepHandler } from '../../src/pipeline/engine/step-context.ts'
import type { Worker } from '../../src/pipeline/workers/start-worker.ts'
import { composeForTest, idleHandlers, someRunSettings, type TestClipwright } from '../support/compose-for-test.ts'

/** What the stages do in the test at hand; falls back to finishing at once. */
let stages: Partial<Record<StepKind, StepHandler>> = {}
let clipwright: TestClipwright
let workers: Worker[] = []

class Broken extends AppError {
  readonly code = 'BROKEN'
  override readonly retry: 'later' | 'never'
  constructor(retry: 'later' | 'never') {
    super('It is broken.')
    this.retry = retry
  }
}

beforeAll(async () => {
  const through = Object.fromEntries(
    Object.entries(idleHandlers).map(([kind, idle]) => [
      kind,
      (context: Parameters<StepHandler>[0]) => (stages[kind as StepKind] ?? idle)(context),
    ]),
  )
  clipwright = await composeForTest(through)
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
  stages = {}
})
afterAll(() => clipwright.close())

async function begin(onlyIts = true): Promise<string> {
  const { runId } = await clipwright.beginRun(someRunSettings())
  workers.push(await clipwright.startWorker(onlyIts ? { onlyRun: runId } : {}))
  return runId
}

const outline = async (runId: string) =>
  (await clipwright.stepsOf(runId)).map(({ kind, subject, status }) => `${kind}:${subject} ${status}`).sort()

/** Takes the next job of a kind of one run, as a worker would. */
async function claim(kind: StepKind, runId: string): Promise<ClaimedStep> {
  const door = { db: clipwright.database.kysely, logger: createLogger('silent') }
  const [claimed] = await claimSteps(door, { rooms: new Map([[kind, 1]]), onlyRun: runId })
  if (!claimed) throw new Error(`no ${kind} job is waiting`)
  return claimed
}

async function finish({ job, step }: ClaimedStep, save: StepEnd['save'] = async () => ({})): Promise<void> {
  const { queue, database } = clipwright
  await finishSteps({ db: database.kysely, queue }, [{ job, step, save, reused: false, memoKey: undefined }])
}

describe('a run', () => {
  it('goes through every stage, one branch a moment', async () => {
    const runId = await begin()
    expect(await clipwright.ended(runId)).toMatchObject({ status: 'done', momentCount: 3, completeness: 1 })
    expect(await outline(runId)).toEqual([
      'analyze:0 done',
      'conclude:0 done',
      'cut:1 done',
      'cut:2 done',
      'cut:3 done',
      'detect:0 done',
      'ingest:0 done',
      'reframe:1 done',
      'reframe:2 done',
      'reframe:3 done',
      'transcribe:0 done',
    ])
  })

  it('ends when no moments were found', async () => {
    stages.detect = (context) => context.finish(async () => ({ momentCount: 0 }))
    const runId = await begin()
    expect((await clipwright.ended(runId)).status).toBe('done')
    expect(await outline(runId)).not.toContain('reframe:1 done')
  })

  it('is done although some clips failed', async () => {
    stages.reframe = (context) => {
      if (context.step.subject === 2) throw new Broken('never')
      return context.finish(async () => ({}))
    }
    const runId = await begin()
    expect((await clipwright.ended(runId)).status).toBe('done')
    expect(await outline(runId)).toEqual(expect.arrayContaining(['reframe:2 failed', 'cut:2 skipped', 'cut:3 done']))
  })

  it('fails with the error of the step it all stands on, and stops what else it does', async () => {
    const { promise: stopped, resolve } = Promise.withResolvers<unknown>()
    stages.analyze = (context) =>
      new Promise((_, reject) =>
        context.signal.addEventListener('abort', () => {
          resolve(context.signal.reason)
          reject(context.signal.reason)
        }),
      )
    stages.transcribe = () => Promise.reject(new Broken('never'))
    const runId = await begin()
    expect(await clipwright.ended(runId)).toMatchObject({ status: 'failed', error: { code: 'BROKEN' } })
    expect(await stopped).toMatchObject({ code: 'RUN_ENDED' })
    expect(await outline(runId)).toEqual(['analyze:0 cancelled', 'ingest:0 done', 'transcribe:0 failed'])
  })

  it('tries again what may work later, and keeps what cannot work in the dead letters', async () => {
    let tries = 0
    stages.ingest = (context) =>
      ++tries === 1 ? Promise.reject(new Broken('later')) : context.finish(async () => ({}))
    stages.transcribe = () => Promise.reject(new Broken('never'))
    const runId = await begin()
    await clipwright.ended(runId)
    expect(tries).toBe(2)
    const steps = await clipwright.stepsOf(runId)
    const failed = steps.find(({ kind }) => kind === 'transcribe')
    expect(failed).toMatchObject({ attempts: 1, error: { code: 'BROKEN', retry: 'never' } })
    const { rows } = await sql`
      select source_name, source_output->>'code' as code from boss.job
      where name = 'dead-letters' and data->>'stepId' = ${failed?.id}`.execute(clipwright.database.kysely)
    expect(rows).toEqual([{ source_name: 'transcribe', code: 'BROKEN' }])
  })

  it('calls a full disk by its name, whoever met it, and tries again', async () => {
    let tries = 0
    const full = { code: 'ENOSPC', path: '/clips/report.html' }
    stages.conclude = (context) =>
      ++tries === 1
        ? Promise.reject(Object.assign(new Error('ENOSPC: no space left on device, write'), full))
        : context.finish(async () => ({ completeness: 1 }))
    const runId = await begin()
    while ((await clipwright.stepsOf(runId)).every(({ error }) => error === null)) await setImmediate()
    expect((await clipwright.stepsOf(runId)).flatMap(({ error }) => error ?? [])).toMatchObject([
      { code: 'NO_SPACE', message: expect.stringContaining('no room left in /clips') },
    ])
    expect((await clipwright.ended(runId)).status).toBe('done')
  })

  it('leaves the jobs of other runs alone', async () => {
    const { runId: other } = await clipwright.beginRun(someRunSettings())
    const runId = await begin()
    await clipwright.ended(runId)
    expect(await outline(other)).toEqual(['ingest:0 queued'])
    expect(await clipwright.cancelRun(other)).toBe(true)
  })

  it('can be cancelled: its steps hear of it, nothing of it is left to do', async () => {
    const { promise: working, resolve } = Promise.withResolvers<void>()
    const { promise: stopped, resolve: heard } = Promise.withResolvers<void>()
    stages.ingest = (context) =>
      new Promise((_, reject) => {
        context.signal.addEventListener('abort', () => {
          heard()
          reject(context.signal.reason)
        })
        resolve()
      })
    const runId = await begin()
    await working
    expect(await clipwright.cancelRun(runId)).toBe(true)
    await stopped
    expect(await outline(runId)).toEqual(['ingest:0 cancelled'])
    expect(await clipwright.cancelRun(runId)).toBe(false)
  })

  it('gives a step back without a trace when the process stops, and another one finishes it', async () => {
    const { promise: working, resolve } = Promise.withResolvers<void>()
    stages.ingest = (context) =>
      new Promise((_, reject) => {
        context.signal.addEventListener('abort', () => reject(context.signal.reason))
        resolve()
      })
    const runId = await begin()
    await working
    await workers.pop()?.stop()
    expect(await outline(runId)).toEqual(['ingest:0 queued'])
    stages = {}
    workers.push(await clipwright.startWorker({ onlyRun: runId }))
    expect((await clipwright.ended(runId)).status).toBe('done')
    expect((await clipwright.stepsOf(runId)).find(({ kind }) => kind === 'ingest')?.attempts).toBe(1)
  })

  it('uses again what an equal step put out, unless it is gone', async () => {
    let worked = 0
    let isThere = true
    stages.detect = async (context) => {
      if (await context.reuse('same-key', { check: async () => isThere })) return
      worked += 1
      await context.finish(async () => ({ momentCount: 2 }), { memoKey: 'same-key' })
    }
    for (const _ of [1, 2]) await clipwright.ended(await begin())
    expect(worked).toBe(1)
    isThere = false
    const runId = await begin()
    expect(await clipwright.ended(runId)).toMatchObject({ momentCount: 2 })
    expect(worked).toBe(2)
  })
})

describe('finishing', () => {
  it('lets exactly one of two parents that end at once begin their child, 200 times', async () => {
    for (let round = 0; round < 200; round += 1) {
      const { runId } = await clipwright.beginRun(someRunSettings())
      await finish(await claim('ingest', runId))
      const parents = [await claim('transcribe', runId), await claim('analyze', runId)]
      await Promise.all(parents.map((parent) => finish(parent)))
      const children = (await clipwright.stepsOf(runId)).filter(({ kind }) => kind === 'detect')
      expect(children.map(({ status }) => status)).toEqual(['queued'])
      await clipwright.cancelRun(runId)
    }
  })

  it('is refused to a worker that lost its claim, and keeps nothing of what it did', async () => {
    const { runId } = await clipwright.beginRun(someRunSettings())
    const lost = await claim('ingest', runId)
    // What the queue does when heartbeats stop.
    await sql`update boss.job set heartbeat_on = now() - interval '1 hour' where id = ${lost.job.id}`.execute(
      clipwright.database.kysely,
    )
    await waitUntil(async () => (await clipwright.queue.stateOf(clipwright.database.kysely, lost.job)) === 'retry')
    await settleLostSteps({ db: clipwright.database.kysely, queue: clipwright.queue }, runId)
    expect(await outline(runId)).toEqual(['ingest:0 queued'])
    await sql`update boss.job set start_after = now() where id = ${lost.job.id}`.execute(clipwright.database.kysely)

    const held = await claim('ingest', runId)
    expect(held.job.retryCount).toBe(lost.job.retryCount + 1)
    await expect(finish(lost, async () => ({ momentCount: 99 }))).rejects.toMatchObject({ code: 'CLAIM_LOST' })
    expect(await outline(runId)).toEqual(['ingest:0 working'])
    await finish(held)
    expect(await outline(runId)).toEqual(['analyze:0 queued', 'ingest:0 done', 'transcribe:0 queued'])
    await expect(finish(held)).rejects.toMatchObject({ code: 'CLAIM_LOST' })
    await clipwright.cancelRun(runId)
  })

  it('waits for a database that goes away, and loses no work', async () => {
    let worked = 0
    let saved = 0
    stages.ingest = async (context) => {
      worked += 1
      await context.finish(async (tx) => {
        saved += 1
        if (saved === 1) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
        return {}
      })
    }
    const runId = await begin()
    expect((await clipwright.ended(runId)).status).toBe('done')
    expect({ worked, saved }).toEqual({ worked: 1, saved: 2 })
  })

  it('saves nothing when saving fails half-way', async () => {
    const { runId } = await clipwright.beginRun(someRunSettings())
    const finishing = finish(await claim('ingest', runId), async (tx) => {
      await sql`insert into file_hashes values ('/half', 1, 1, '1', ${'0'.repeat(64)})`.execute(tx)
      throw new Error('the disk is on fire')
    })
    await expect(finishing).rejects.toThrow('on fire')
    const { rows } = await sql`select from file_hashes where path = '/half'`.execute(clipwright.database.kysely)
    expect(rows).toEqual([])
    expect(await outline(runId)).toEqual(['ingest:0 working'])
    await clipwright.cancelRun(runId)
  })
})

describe('after a kill', () => {
  const dead = { ...thisProcess(), pid: 999_999_999, startTime: '1' }

  it('tells the dead from the living', () => {
    expect(hasEnded(dead)).toBe(true)
    expect(hasEnded(thisProcess())).toBe(false)
    expect(hasEnded({ ...dead, host: 'another-machine' })).toBe(false)
  })

  it('frees the steps of dead processes at once and leaves those of the living', async () => {
    const db = clipwright.database.kysely
    const { runId } = await clipwright.beginRun(someRunSettings())
    await finish(await claim('ingest', runId))
    const [abandoned, alive] = [await claim('transcribe', runId), await claim('analyze', runId)]
    await db
      .updateTable('steps')
      .set({ holder: json(dead) })
      .where('id', '=', abandoned.step.id)
      .execute()
    await recoverAbandoned({ db, queue: clipwright.queue, logger: createLogger('silent') })
    expect(await outline(runId)).toEqual(['analyze:0 working', 'ingest:0 done', 'transcribe:0 queued'])
    await finish(await claim('transcribe', runId))
    await finish(alive)
    expect(await outline(runId)).toContain('detect:0 queued')
    await clipwright.cancelRun(runId)
  })

  it('gives a step up only when its processes have died six times', async () => {
    const db = clipwright.database.kysely
    const { runId } = await clipwright.beginRun(someRunSettings())
    for (let death = 1; death <= 6; death++) {
      expect(await outline(runId)).toEqual(['ingest:0 queued'])
      const { step } = await claim('ingest', runId)
      const holder = json(dead)
      await db.updateTable('steps').set({ holder }).where('id', '=', step.id).execute()
      await recoverAbandoned({ db, queue: clipwright.queue, logger: createLogger('silent') })
    }
    expect(await outline(runId)).toContain('ingest:0 failed')
  })

  it('takes an unfinished run over when the same is asked for again, and only then', async () => {
    const db = clipwright.database.kysely
    const settings = someRunSettings()
    const first = await clipwright.beginRun(settings)
    expect((await clipwright.beginRun(settings)).runId).not.toBe(first.runId)
    await db
      .updateTable('runs')
      .set({ owner: json(dead) })
      .where('id', '=', first.runId)
      .execute()
    expect((await clipwright.beginRun({ ...settings, count: 4 })).resumed).toBe(false)
    expect(await clipwright.beginRun(settings)).toEqual({ runId: first.runId, resumed: true })
  })
})

async function waitUntil(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 50))
}
