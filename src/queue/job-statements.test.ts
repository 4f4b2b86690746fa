import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryDatabase } from '../../test/support/temporary-database.ts'
import type { Database } from '../database/connect.ts'
import { createLogger } from '../observability/logger.ts'
import { type ClaimedJob } from './claimed-job.ts'
import { defineJob, type JobDefinition } from './define-job.ts'
import { jobOptions } from './job-options.ts'
import { JobQueue } from './job-queue.ts'
import { cancelling, claiming, completing, type JobToSend, lost, sending, telling, touching } from './job-statements.ts'
import { deadLetters, queueChannel, queueSchema } from './queue-schema.ts'

const cut = defineJob({ name: 'cut', attempts: 4, retryDelaySeconds: 7, expireInSeconds: 90 })
const detect = defineJob({ name: 'detect' })
let database: Database
let queue: JobQueue
let boss: PgBoss

beforeAll(async () => {
  database = await temporaryDatabase()
  queue = new JobQueue({ db: database.kysely, logger: createLogger('silent'), definitions: [cut, detect] })
  await queue.start()
  // What is claimed here stays claimed, however slow the machine is.
  await queue.stop()
  boss = new PgBoss({ db: fromKysely(database.kysely), schema: queueSchema, schedule: false, supervise: false })
  await boss.start()
})
afterAll(async () => {
  await boss.stop({ graceful: false, close: false })
  await database.close()
})

function jobOf(definition: JobDefinition = cut, more: Partial<JobToSend> = {}): JobToSend {
  return { definition, id: randomUUID(), group: randomUUID(), payload: { stepId: randomUUID() }, ...more }
}

const send = (...jobs: JobToSend[]) => sending(jobs).execute(database.kysely)

async function take(name: string, { count = 1, onlyGroup }: { count?: number; onlyGroup?: string } = {}) {
  const { rows } = await claiming(new Map([[name, count]]), onlyGroup).execute(database.kysely)
  return rows.map((row): ClaimedJob => ({ name: row.name, id: row.id, retryCount: row.retry_count }))
}

/** Everything stored about a job; times as true or false, and how long after its making it may begin and is kept. */
async function stored(id: string): Promise<unknown> {
  const { rows } = await sql<{ job: Record<string, unknown> }>`
    select to_jsonb(job) || jsonb_build_object(
      'id', null, 'data', null, 'group_id', null, 'created_on', created_on is not null, 'started_on', started_on is not null,
      'completed_on', completed_on is not null, 'heartbeat_on', heartbeat_on is not null,
      'start_after', start_after - created_on, 'keep_until', keep_until - created_on
    ) as job
    from ${sql.table(`${queueSchema}.job`)} job where id = ${id}`.execute(database.kysely)
  return rows[0]?.job
}

it('does to a job what the installed pg-boss does, from its sending to its end', async () => {
  const [ours, theirs] = [jobOf(cut, { priority: 3 }), randomUUID()]
  await send(ours)
  const options = { ...jobOptions(cut), priority: 3, deadLetter: deadLetters, group: { id: 'g' } }
  await boss.insert(cut.name, [{ ...options, id: theirs, data: {} }])
  expect(await stored(ours.id)).toEqual(await stored(theirs))

  const [first] = await take(cut.name)
  expect(first).toEqual({ name: cut.name, id: ours.id, retryCount: 0 })
  expect(await boss.fetch(cut.name)).toMatchObject([{ id: theirs, retryCount: 0 }])
  expect(await stored(ours.id)).toEqual(await stored(theirs))

  await sql`update boss.job set state = 'retry' where id in (${ours.id}, ${theirs})`.execute(database.kysely)
  const [again] = await take(cut.name)
  expect(await boss.fetch(cut.name)).toMatchObject([{ id: theirs, retryCount: 1 }])
  expect(await stored(ours.id)).toEqual(await stored(theirs))

  await completing([again ?? fail()]).execute(database.kysely)
  await boss.complete(cut.name, { id: theirs, retryCount: 1 })
  expect(await stored(ours.id)).toEqual(await stored(theirs))
  expect(await stored(ours.id)).toMatchObject({ state: 'completed', retry_count: 1 })
})

it('takes of each kind as many as there is room for, higher priorities first, and none of another group', async () => {
  const jobs = [jobOf(), jobOf(cut, { priority: 1 }), jobOf(), jobOf(detect)]
  await send(...jobs)
  expect(await take(cut.name, { onlyGroup: jobs[2]?.group ?? '', count: 5 })).toMatchObject([{ id: jobs[2]?.id }])
  const rooms = new Map([
    [cut.name, 1],
    [detect.name, 2],
  ])
  const { rows } = await claiming(rooms).execute(database.kysely)
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([jobs[1]?.id, jobs[3]?.id]))
  expect(await take(cut.name, { count: 5 })).toMatchObject([{ id: jobs[0]?.id }])
  expect(await take(cut.name, { count: 5 })).toEqual([])
})

it('leaves a job alone that waits for its time, or that someone else is just taking', async () => {
  const [later, taken] = [jobOf(), jobOf()]
  await send(later, taken)
  await sql`update boss.job set start_after = now() + interval '1 hour' where id = ${later.id}`.execute(database.kysely)
  await database.kysely.transaction().execute(async (tx) => {
    await claiming(new Map([[cut.name, 5]])).execute(tx)
    expect(await take(cut.name, { count: 5 })).toEqual([])
  })
  expect(await queue.stateOf(database.kysely, { name: cut.name, id: later.id })).toBe('created')
  expect(await queue.stateOf(database.kysely, { name: cut.name, id: taken.id })).toBe('active')
})

it('completes no job for an attempt that is over, nor one twice', async () => {
  const job = jobOf(detect)
  await send(job)
  const [held] = await take(detect.name)
  const claim = held ?? fail()
  const complete = async (attempt: ClaimedJob) => (await completing([attempt]).execute(database.kysely)).rows
  expect(await complete({ ...claim, retryCount: claim.retryCount + 1 })).toEqual([])
  expect(await complete({ ...claim, name: cut.name })).toEqual([])
  expect(await complete(claim)).toEqual([{ id: job.id }])
  expect(await complete(claim)).toEqual([])
})

it('touches and cancels as the installed pg-boss does', async () => {
  const [ours, theirs] = [jobOf(), randomUUID()]
  await send(ours)
  await boss.insert(cut.name, [
    { ...jobOptions(cut), deadLetter: deadLetters, group: { id: 'g' }, id: theirs, data: {} },
  ])
  const claims = await take(cut.name, { count: 2 })
  await sql`update boss.job set heartbeat_on = null where id in (${ours.id}, ${theirs})`.execute(database.kysely)
  const touched = await touching(claims.filter(({ id }) => id === ours.id)).execute(database.kysely)
  expect(touched.rows).toEqual([{ id: ours.id }])
  await boss.touch(cut.name, { id: theirs, retryCount: 0 })
  expect(await stored(ours.id)).toMatchObject({ state: 'active', heartbeat_on: true })
  expect(await stored(ours.id)).toEqual(await stored(theirs))
  await cancelling([{ name: cut.name, id: ours.id }]).execute(database.kysely)
  await boss.cancel(cut.name, theirs)
  expect(await stored(ours.id)).toMatchObject({ state: 'cancelled', completed_on: true })
  expect(await stored(ours.id)).toEqual(await stored(theirs))
})

it('touches no job of another attempt, and none that somebody just changes; lost is only what is not ours any more', async () => {
  const jobs = [jobOf(), jobOf(), jobOf()]
  await send(...jobs)
  const [ending, retried, waiting] = await take(cut.name, { count: 3 })
  if (!ending || !retried || !waiting) throw new Error('there were no jobs')
  const claims = [ending, { ...retried, retryCount: retried.retryCount + 1 }, waiting]
  await database.kysely.transaction().execute(async (tx) => {
    await completing([ending]).execute(tx)
    expect((await touching(claims).execute(database.kysely)).rows).toEqual([{ id: waiting.id }])
    expect((await lost(claims).execute(database.kysely)).rows).toEqual([{ id: retried.id }])
  })
  expect((await touching(claims).execute(database.kysely)).rows).toEqual([{ id: waiting.id }])
  const gone = (await lost(claims).execute(database.kysely)).rows.map(({ id }) => id)
  expect(new Set(gone)).toEqual(new Set([ending.id, retried.id]))
  await cancelling([waiting, retried]).execute(database.kysely)
})

it('says on the channel of pg-boss which queue has something new', async () => {
  const client = await database.pool.connect()
  const heard: string[] = []
  client.on('notification', ({ payload }) => heard.push(payload ?? ''))
  await client.query(`listen ${queueChannel}`)
  await boss.insert(cut.name, [{ data: {} }])
  await sql`with sent as (${sending([jobOf(detect), jobOf(detect)])}) select ${telling} from sent group by name`.execute(
    database.kysely,
  )
  await client.query('select 1')
  client.release(true)
  expect(heard).toEqual([cut.name, detect.name])
})

function fail(): never {
  throw new Error('there was no job')
}
