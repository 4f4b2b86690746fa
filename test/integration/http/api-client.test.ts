import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import createClient from 'openapi-fetch'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Paths, Run } from '../../../src/api-client/schema.ts'
import type { Worker } from '../../../src/pipeline/workers/start-worker.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'

let test: TestApp
let worker: Worker
let client: ReturnType<typeof createClient<Paths>>
beforeAll(async () => {
  test = await appForTest()
  worker = await test.clipwright.startWorker()
  client = createClient<Paths>({ baseUrl: await test.app.listen({ host: '127.0.0.1', port: 0 }) })
})
afterAll(async () => {
  await worker.stop()
  await test.close()
})

it('lists recordings', async () => {
  const { data, error } = await client.GET('/api/v1/recordings', { params: { query: { limit: 5 } } })
  expect(error).toBeUndefined()
  expect(data).toEqual({ items: [], next: null, total: 0 })
})

it('begins a run and follows it to its end', async () => {
  const path = join(test.clipwright.dataFolder, 'talk.mp4')
  await writeFile(path, 'a recording')
  const begun = await client.POST('/api/v1/runs', { body: { path } })
  expect(begun.response.status).toBe(202)
  const id = begun.data?.id ?? ''
  expect(begun.response.headers.get('location')).toBe(`/api/v1/runs/${id}`)
  const seen: Run['status'][] = []
  while (seen.at(-1) !== 'done' && seen.at(-1) !== 'failed') {
    const { data, error } = await client.GET('/api/v1/runs/{id}', { params: { path: { id } } })
    if (error !== undefined) throw new Error(error.title)
    seen.push(data.status)
  }
  expect(seen.at(-1)).toBe('done')
})

it('types what is refused', async () => {
  const { error } = await client.POST('/api/v1/runs', { body: { path: 'not/absolute.mp4' } })
  expect(error).toMatchObject({ code: 'BAD_REQUEST', issues: [{ message: 'The path must be absolute.' }] })
  // @ts-expect-error a route that does not exist
  expect((await client.GET('/api/v1/nothing', {})).response.status).toBe(404)
})
