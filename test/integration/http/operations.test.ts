import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { diskOf, worstOf } from '../../../src/http/health/health-parts.ts'
import { saveRendering } from '../../../src/library/renderings.store.ts'
import { failStep } from '../../../src/library/steps.store.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { newRendering } from '../../support/stored-samples.ts'

let test: TestApp
beforeAll(async () => {
  test = await appForTest()
})
afterAll(() => test.close())

const get = async (url: string) => (await test.app.inject({ url })).json()
const post = async (path: string, payload?: object) =>
  test.app.inject({ method: 'POST', url: `/api/v1/admin/jobs/${path}`, ...(payload && { payload }) })

async function beginRun(name: string): Promise<string> {
  const path = join(test.clipwright.dataFolder, `${name}.mp4`)
  await writeFile(path, name)
  return (await test.app.inject({ method: 'POST', url: '/api/v1/runs', payload: { path } })).json().id
}

it('says how each part does', async () => {
  const { status, parts } = await get('/health')
  expect(parts.map(({ name }: { name: string }) => name)).toEqual([
    'database',
    'disk',
    'ffmpeg',
    'queue',
    'models',
    'cache',
  ])
  expect(parts[0]).toEqual({ name: 'database', status: 'ok', says: 'answers' })
  expect(parts[4]).toMatchObject({ status: 'ok', says: 'none downloaded' })
  expect(parts[5]).toMatchObject({ status: 'ok', says: 'empty' })
  expect(status).toBe(worstOf(parts))
})

it('is degraded when nobody does what waits', async () => {
  await beginRun('alone')
  const queue = (await get('/health')).parts.find(({ name }: { name: string }) => name === 'queue')
  expect(queue).toMatchObject({ status: 'degraded', says: expect.stringMatching(/^[1-9]\d* steps to do, 0 workers$/) })
})

it('answers whatever hangs: a database that gives no connection is broken, and asked again when it has answered', async () => {
  const { pool } = test.clipwright.database
  const held = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()))
  try {
    const response = await test.app.inject({ url: '/health' })
    const parts = new Map(response.json().parts.map(({ name, ...part }: { name: string }) => [name, part]))
    expect(response.statusCode).toBe(503)
    expect(parts.get('database')).toEqual({ status: 'broken', says: 'has not answered within 1.5 s' })
    expect(parts.get('queue')).toMatchObject({ status: 'broken' })
    expect(parts.get('ffmpeg')).not.toMatchObject({ status: 'broken' })
    const ready = await test.app.inject({ url: '/health/ready' })
    expect([ready.statusCode, ready.json().parts[0].says]).toEqual([503, 'has still not answered'])
    expect((await test.app.inject({ url: '/health/live' })).statusCode).toBe(200)
  } finally {
    for (const client of held) client.release()
  }
  await expect.poll(async () => (await get('/health/ready')).status).toBe('ok')
})

it('says in words how a part does to who asks from this machine only', async () => {
  const { parts } = (await test.app.inject({ url: '/health', remoteAddress: '192.0.2.7' })).json()
  // Without an account nobody else is let in at all.
  expect(parts).toBeUndefined()
  expect((await get('/health')).parts.every(({ says }: { says: string }) => says !== '')).toBe(true)
})

it('tells full disks from those that fill up', () => {
  expect([5e9, 1e9, 1e7].map((free) => diskOf(free).status)).toEqual(['ok', 'degraded', 'broken'])
})

it('counts what is in the queue', async () => {
  const before = await get('/queue/stats')
  await beginRun('counted')
  const after = await get('/queue/stats')
  expect(after.runs).toEqual({ unfinished: before.runs.unfinished + 1, most: 100 })
  expect(after).toMatchObject({ workers: 0, paused: [] })
  expect(after.steps).toContainEqual({ kind: 'ingest', status: 'queued', count: after.runs.unfinished })
})

it('weighs clips and downloads, and follows no links out', async () => {
  const db = test.clipwright.database.kysely
  const before = await get('/storage/stats')
  await saveRendering(db, newRendering({ sizeBytes: 3e9 }))
  const folder = join(test.clipwright.dataFolder, 'downloads', 'talk')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'talk.mp4'), '0123456789')
  await symlink('/usr', join(folder, 'away'))
  const { renderings, downloads, disk } = await get('/storage/stats')
  expect(renderings).toEqual({ count: before.renderings.count + 1, bytes: before.renderings.bytes + 3e9 })
  expect(downloads).toEqual({ bytes: before.downloads.bytes + 10, quota: 10e9 })
  expect(disk.free).toBeLessThanOrEqual(disk.total)
})

it('lists jobs, the oldest first, each once', async () => {
  const runs = [await beginRun('one'), await beginRun('two'), await beginRun('three')]
  const seen: { runId: string; state: string }[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: typeof seen; next: string | null } = await get(
      `/api/v1/admin/jobs?limit=2&state=waiting${cursor && `&cursor=${cursor}`}`,
    )
    seen.push(...page.items)
    cursor = page.next
  }
  expect(seen.map(({ runId }) => runId).slice(-3)).toEqual(runs)
  expect(new Set(seen.map(({ runId }) => runId)).size).toBe(seen.length)
  expect((await get('/api/v1/admin/jobs?state=active')).items).toEqual([])
  expect(await get('/api/v1/admin/jobs?state=lost')).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
})

it('pauses a kind and goes on with it', async () => {
  for (let i = 0; i < 2; i++) expect((await post('cut/pause')).statusCode).toBe(204)
  expect((await get('/queue/stats')).paused).toEqual(['cut'])
  expect((await post('cut/resume')).statusCode).toBe(204)
  expect((await get('/queue/stats')).paused).toEqual([])
  for (const path of ['dance/pause', '..%2f/resume']) expect((await post(path)).json()).toMatchObject({ status: 400 })
})

it('tries again everything that failed', async () => {
  const runId = await beginRun('broken')
  const db = test.clipwright.database.kysely
  const { id } = await db.selectFrom('steps').select('id').where('run_id', '=', runId).executeTakeFirstOrThrow()
  await failStep(db, { id, error: { code: 'UNEXPECTED', message: 'It broke.', retry: 'never' } })
  await db.updateTable('runs').set({ status: 'failed', finished_at: new Date() }).where('id', '=', runId).execute()
  expect((await post('retry-all', { kind: 'cut' })).json()).toEqual({ runs: [] })
  expect((await post('retry-all', {})).json()).toEqual({ runs: [{ runId, steps: [{ kind: 'ingest', subject: 0 }] }] })
  expect((await get(`/api/v1/runs/${runId}`)).status).toBe('working')
  for (const body of [{ kind: 'dance' }, { kinds: 'cut' }]) expect((await post('retry-all', body)).statusCode).toBe(400)
})
