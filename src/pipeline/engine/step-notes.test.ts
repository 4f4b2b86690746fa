import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { composeForTest, someRunSettings, type TestClipwright } from '../../../test/support/compose-for-test.ts'
import type { Tables } from '../../database/tables.ts'
import { getChildProcesses } from '../../library/child-processes.store.ts'
import { getStep } from '../../library/steps.store.ts'
import { createLogger } from '../../observability/logger.ts'
import { thisProcess } from '../../observability/this-process.ts'
import { type ClaimedStep, claimSteps } from './claim-steps.ts'
import { StepNotes } from './step-notes.ts'

const logger = createLogger('silent')
let clipwright: TestClipwright
let db: Kysely<Tables>
beforeAll(async () => {
  clipwright = await composeForTest()
  db = clipwright.database.kysely
  // No claim is taken from us because the machine is slow.
  await clipwright.queue.stop()
})
afterAll(() => clipwright.close())

// Its beats come when a test says so; the rest of the world goes on.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
})
afterEach(async () => {
  vi.useRealTimers()
  for (const { step } of claims.splice(0)) await clipwright.cancelRun(step.runId)
})

const claims: ClaimedStep[] = []
async function claim(): Promise<ClaimedStep> {
  const { runId } = await clipwright.beginRun(someRunSettings())
  const [claimed] = await claimSteps({ db, logger }, { rooms: new Map([['ingest', 1]]), onlyRun: runId })
  if (claimed === undefined) throw new Error('nothing was waiting')
  claims.push(claimed)
  return claimed
}

const until = (isTrue: () => boolean | Promise<boolean>) => vi.waitUntil(isTrue, { timeout: 120_000 })
const progressOf = async ({ step }: ClaimedStep) => (await getStep(db, step.id))?.progress
const at = (fraction: number) => ({ fraction, message: 'working' })

async function heardOf({ job }: ClaimedStep): Promise<boolean> {
  const { rows } = await sql<{ heard: boolean }>`
    select heartbeat_on > started_on as heard from boss.job where id = ${job.id}`.execute(db)
  return rows[0]?.heard ?? false
}

it('beats for all of its steps at once, and says which are lost', async () => {
  const notes = new StepNotes({ db, logger })
  const [ours, lost] = [await claim(), await claim()]
  await sql`update boss.job set retry_count = 1 where id = ${lost.job.id}`.execute(db)
  const [keepingOurs, keepingLost] = [vi.fn(), vi.fn()]
  const noted = [notes.keep(ours, keepingOurs), notes.keep(lost, keepingLost)]
  vi.advanceTimersByTime(2900)
  for (const each of noted) await each.settle()
  expect(await heardOf(ours)).toBe(false)
  // What is ending is told by its end that it is lost; the others hear of it.
  const another = await claim()
  const losingAnother = vi.fn()
  noted.push(notes.keep(another, losingAnother))
  await clipwright.cancelRun(another.step.runId)
  vi.advanceTimersByTime(500)
  await until(() => losingAnother.mock.calls.length > 0)
  expect(await heardOf(ours)).toBe(true)
  expect(await heardOf(lost)).toBe(false)
  expect(keepingOurs).not.toHaveBeenCalled()
  expect(keepingLost).not.toHaveBeenCalled()
  for (const each of noted) await each.letGo()
})

it('stores what was reported last before the step ends, and nothing afterwards', async () => {
  const notes = new StepNotes({ db, logger })
  const claimed = await claim()
  const noted = notes.keep(claimed, () => undefined)
  noted.report(at(0.1))
  noted.report(at(0.2))
  vi.advanceTimersByTime(250)
  noted.report(at(0.9))
  await noted.settle()
  expect(await progressOf(claimed)).toEqual(at(0.9))
  noted.report(at(0.1))
  vi.advanceTimersByTime(10_000)
  await noted.letGo()
  expect(await progressOf(claimed)).toEqual(at(0.9))
})

it('stores no progress of an attempt that is over', async () => {
  const notes = new StepNotes({ db, logger })
  const claimed = await claim()
  const noted = notes.keep(claimed, () => undefined)
  for (const change of [
    sql`attempts = attempts + 1`,
    sql`job_id = ${randomUUID()}`,
    sql`status = 'done', finished_at = now()`,
  ]) {
    await db.transaction().execute(async (tx) => {
      await sql`update steps set ${change} where id = ${claimed.step.id}`.execute(tx)
      const inside = new StepNotes({ db: tx, logger }).keep(claimed, () => undefined)
      inside.report(at(0.5))
      await inside.settle()
      await inside.letGo()
      const { progress } = await tx
        .selectFrom('steps')
        .select('progress')
        .where('id', '=', claimed.step.id)
        .executeTakeFirstOrThrow()
      expect(progress).toBeNull()
      await sql`update steps set attempts = ${claimed.step.attempts}, job_id = ${claimed.job.id}, status = 'working', finished_at = null
        where id = ${claimed.step.id}`.execute(tx)
    })
  }
  noted.report(at(0.5))
  await noted.settle()
  expect(await progressOf(claimed)).toEqual(at(0.5))
  await noted.letGo()
})

it('waits for nobody who changes one of its steps', async () => {
  const notes = new StepNotes({ db, logger })
  const [free, ending] = [await claim(), await claim()]
  const noted = [notes.keep(free, () => undefined), notes.keep(ending, () => undefined)]
  for (const each of noted) each.report(at(0.4))
  await db.transaction().execute(async (tx) => {
    await sql`update steps set reused = true where id = ${ending.step.id}`.execute(tx)
    await sql`update boss.job set output = null where id = ${ending.job.id}`.execute(tx)
    vi.advanceTimersByTime(3250)
    await until(() => heardOf(free))
    expect(await progressOf(free)).toEqual(at(0.4))
  })
  for (const each of noted) await each.letGo()
})

it('goes on when the database is back, and lets go of nothing meanwhile', async () => {
  const database = { isAway: true, asked: 0 }
  const shaky = db.withPlugin({
    transformQuery: ({ node }) => {
      database.asked += 1
      if (database.isAway) throw new Error('connect ECONNREFUSED')
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const notes = new StepNotes({ db: shaky, logger })
  const claimed = await claim()
  const onLost = vi.fn()
  const noted = notes.keep(claimed, onLost)
  noted.report(at(0.3))
  for (let second = 0; second < 30; second++) {
    const { asked } = database
    vi.advanceTimersByTime(1250)
    await until(() => database.asked > asked)
    await new Promise(setImmediate)
  }
  database.isAway = false
  vi.advanceTimersByTime(1250)
  await until(() => heardOf(claimed))
  expect(await progressOf(claimed)).toEqual(at(0.3))
  expect(onLost).not.toHaveBeenCalled()
  await noted.letGo()
})

it('remembers the programs of all steps, and forgets them', async () => {
  const notes = new StepNotes({ db, logger })
  const { step } = await claim()
  const host = randomUUID()
  const child = (pid: number) => ({ ...thisProcess(), host, pid, stepId: step.id, command: `sleep ${pid}` })
  await Promise.all([101, 102, 103].map((pid) => notes.childStarted(child(pid))))
  expect(new Set((await getChildProcesses(db, host)).map(({ pid }) => pid))).toEqual(new Set([101, 102, 103]))
  await Promise.all([101, 103].map((pid) => notes.childEnded({ stepId: step.id, pid })))
  expect((await getChildProcesses(db, host)).map(({ pid }) => pid)).toEqual([102])
})
