import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { someRunSettings } from '../../support/compose-for-test.ts'

const most = 3
let test: TestApp
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-room-'))
  test = await appForTest({}, { environment: { MAX_QUEUE_SIZE: String(most) } })
})
afterAll(async () => {
  await test.close()
  await rm(folder, { recursive: true, force: true })
})

async function ask(name: string) {
  const path = join(folder, `${name}.mp4`)
  await writeFile(path, name)
  return test.app.inject({ method: 'POST', url: '/api/v1/runs', payload: { path } })
}
const room = async () => (await test.app.inject({ url: '/queue/stats' })).json().runs

it('a full queue refuses, says when to come back, and drops nothing', async () => {
  expect(await room()).toEqual({ unfinished: 0, most })
  const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => ask(`talk-${i}`)))
  expect(answers.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([
    202, 202, 202, 429, 429, 429, 429, 429,
  ])
  const refused = answers.find(({ statusCode }) => statusCode === 429)
  expect(refused?.json()).toMatchObject({ code: 'QUEUE_FULL', retry: 'later', status: 429 })
  expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0)
  expect(await room()).toEqual({ unfinished: most, most })

  const { items } = (await test.app.inject({ url: '/api/v1/runs?status=working' })).json()
  expect(items).toHaveLength(most)
  await test.app.inject({ method: 'POST', url: `/api/v1/runs/${items[0].id}/cancel` })
  expect((await ask('one more')).statusCode).toBe(202)
  expect((await ask('and another')).statusCode).toBe(429)
})

it('what waits since before a restart holds its place while somebody works for all', async () => {
  const db = test.clipwright.database.kysely
  for (const { id } of (await test.app.inject({ url: '/api/v1/runs?status=working' })).json().items)
    await test.clipwright.cancelRun(id)
  const ids = []
  for (let i = 0; i < most; i++) ids.push((await test.clipwright.beginRun(someRunSettings())).runId)
  const gone = JSON.stringify({ host: hostname(), bootId: 'earlier', pid: 1, startTime: '0' })
  await db.updateTable('runs').set({ owner: gone }).where('id', 'in', ids).execute()
  expect(await room()).toEqual({ unfinished: 0, most })
  const worker = await test.clipwright.startWorker({ kinds: ['conclude'] })
  try {
    expect(await room()).toEqual({ unfinished: most, most })
    expect((await ask('late')).statusCode).toBe(429)
  } finally {
    await worker.stop()
  }
})
