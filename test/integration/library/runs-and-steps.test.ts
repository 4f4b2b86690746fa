import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/connect.ts'
import {
  getChildProcesses,
  removeChildProcesses,
  saveChildProcesses,
} from '../../../src/library/child-processes.store.ts'
import { saveEvent } from '../../../src/library/events.store.ts'
import { findMemo, saveMemos } from '../../../src/library/memos.store.ts'
import { closeRun, getRun, lockRun, pinToRun } from '../../../src/library/runs.store.ts'
import {
  cancelSteps,
  completeSteps,
  failStep,
  getStep,
  insertSteps,
  requeueStep,
} from '../../../src/library/steps.store.ts'
import { beginClaimed } from '../../../src/library/steps-with-jobs.store.ts'
import { thisProcess } from '../../../src/observability/this-process.ts'
import type { JobRow } from '../../../src/queue/job-statements.ts'
import { storedSamples } from '../../support/stored-samples.ts'
import { temporaryDatabase } from '../../support/temporary-database.ts'

let database: Database
let samples: ReturnType<typeof storedSamples>
beforeAll(async () => {
  database = await temporaryDatabase()
  samples = storedSamples(database)
})
afterAll(() => database.close())

describe('a run', () => {
  it('keeps what is pinned, and closes once', async () => {
    const [id, recordingId] = [await samples.newRun(), await samples.newRecording()]
    const run = await lockRun(database.kysely, id)
    const pinned = await pinToRun(database.kysely, run, { recordingId, momentCount: 3 })
    expect(pinned).toEqual({ ...run, recordingId, momentCount: 3 })
    await pinToRun(database.kysely, pinned, { completeness: 0.5 })
    await pinToRun(database.kysely, pinned, {})
    await closeRun(database.kysely, { id, status: 'done', error: null })
    await closeRun(database.kysely, { id, status: 'cancelled', error: null })
    expect(await getRun(database.kysely, id)).toMatchObject({
      ...{ recordingId, momentCount: 3, completeness: 0.5 },
      ...{ status: 'done', transcriptId: null, error: null },
    })
  })

  it('that is not there is an error with a code', async () => {
    await expect(getRun(database.kysely, randomUUID())).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
  })

  it.each([
    ['done and not finished', sql`status = 'done'`],
    ['finished and still working', sql`finished_at = now()`],
    ['in a state nobody knows', sql`status = 'paused', finished_at = now()`],
    ['more than complete', sql`completeness = 1.1`],
    ['of fewer than no moments', sql`moment_count = -1`],
  ])('can not be %s', async (_, nonsense) => {
    const change = sql`update runs set ${nonsense} where id = ${await samples.newRun()}`
    await expect(change.execute(database.kysely)).rejects.toMatchObject({ code: '23514' })
  })
})

describe('a step', () => {
  const error = { code: 'BROKEN', message: 'It broke.', retry: 'later' as const }
  /** As if the queue had given out its job. */
  const begin = async (id: string) => {
    const claiming = sql<JobRow>`
      select ${randomUUID()}::uuid as id, 'cut' as name, 0 as retry_count, jsonb_build_object('stepId', ${id}::text) as data`
    const [begun] = await beginClaimed(database.kysely, { claiming, holder: thisProcess() })
    return begun?.step
  }

  it('is begun, put back with its reason, begun again and done', async () => {
    const id = await samples.newStep()
    expect(await begin(id)).toMatchObject({ id, status: 'working', holder: thisProcess() })
    expect(await getStep(database.kysely, id)).toMatchObject({ status: 'working', holder: thisProcess() })
    await requeueStep(database.kysely, { id, error })
    expect(await getStep(database.kysely, id)).toMatchObject({ status: 'queued', holder: null, error })
    expect(await begin(id)).toMatchObject({ id, status: 'working', holder: thisProcess() })
    await completeSteps(database.kysely, [{ id, output: { analysisId: 'x' }, reused: false }])
    expect(await getStep(database.kysely, id)).toMatchObject({
      ...{ status: 'done', output: { analysisId: 'x' }, error: null, attempts: 1 },
    })
  })

  it('that has ended stays as it ended', async () => {
    const id = await samples.newStep()
    await cancelSteps(database.kysely, [id])
    expect(await begin(id)).toBeNull()
    await requeueStep(database.kysely, { id, error: null })
    await failStep(database.kysely, { id, error })
    expect(await getStep(database.kysely, id)).toMatchObject({ status: 'cancelled', error: null })
  })

  it.each([
    ['failed without a reason', sql`status = 'failed', finished_at = now(), error = null`],
    ['failed with nothing for a reason', sql`status = 'failed', finished_at = now(), error = 'null'`],
    ['done and not finished', sql`status = 'done'`],
    ['queued and finished', sql`finished_at = now()`],
    ['in a state nobody knows', sql`status = 'sleeping'`],
    ['about less than no moment', sql`subject = -1`],
  ])('can not be %s', async (_, nonsense) => {
    const change = sql`update steps set ${nonsense} where id = ${await samples.newStep()}`
    await expect(change.execute(database.kysely)).rejects.toMatchObject({ code: '23514' })
  })

  it('exists once for each subject of its run', async () => {
    const id = await samples.newStep()
    const { runId } = (await getStep(database.kysely, id)) ?? {}
    const twin = { id: randomUUID(), runId: runId ?? '', kind: 'analyze' as const, subject: 0, jobId: randomUUID() }
    await expect(insertSteps(database.kysely, [twin])).rejects.toMatchObject({ code: '23505' })
  })
})

it('a memo made again takes the place of the older one', async () => {
  const key = randomUUID()
  expect(await findMemo(database.kysely, key)).toBeNull()
  await saveMemos(database.kysely, [{ key, kind: 'cut', output: { a: 1 } }])
  await saveMemos(database.kysely, [
    { key, kind: 'cut', output: { b: 1 } },
    { key, kind: 'cut', output: null },
  ])
  expect(await findMemo(database.kysely, key)).toEqual({ output: null })
})

it('an event is kept with its data; a severity nobody knows is refused', async () => {
  const event = { component: 'test', name: randomUUID(), message: 'It happened.' }
  await saveEvent(database.kysely, { ...event, severity: 'warn', data: { seconds: 3 }, runId: await samples.newRun() })
  const rows = await database.kysely
    .selectFrom('events')
    .select(['severity', 'data'])
    .where('name', '=', event.name)
    .execute()
  expect(rows).toEqual([{ severity: 'warn', data: { seconds: 3 } }])
  await expect(saveEvent(database.kysely, { ...event, severity: 'loud' as 'warn' })).rejects.toMatchObject({
    code: '23514',
  })
})

it('a process we started is remembered until it has ended, once', async () => {
  const child = { ...thisProcess(), host: randomUUID(), stepId: randomUUID(), command: 'ffmpeg -i talk.mp4' }
  await saveChildProcesses(database.kysely, [child])
  await saveChildProcesses(database.kysely, [child])
  expect(await getChildProcesses(database.kysely, child.host)).toEqual([child])
  expect(await getChildProcesses(database.kysely, randomUUID())).toEqual([])
  await removeChildProcesses(database.kysely, [child])
  expect(await getChildProcesses(database.kysely, child.host)).toEqual([])
})
