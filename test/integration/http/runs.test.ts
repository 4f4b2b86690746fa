import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Worker } from '../../../src/pipeline/workers/start-worker.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { someRunSettings } from '../../support/compose-for-test.ts'

let test: TestApp
let worker: Worker | null = null
beforeAll(async () => {
  test = await appForTest()
})
afterEach(async () => {
  await worker?.stop()
  worker = null
})
afterAll(() => test.close())

const begin = async () => (await test.clipwright.beginRun(someRunSettings())).runId
const get = async (url: string) => {
  const response = await test.app.inject({ url })
  return { status: response.statusCode, body: response.json() as never, type: response.headers['content-type'] }
}
const post = (url: string) => test.app.inject({ method: 'POST', url })

describe('GET /api/v1/runs', () => {
  it('shows what each waits for', async () => {
    const id = await begin()
    const { status, body } = await get('/api/v1/runs?limit=1')
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        items: [{ id, status: 'working', steps: [{ kind: 'ingest', says: 'waiting: nobody works on ingest now' }] }],
      },
    })
  })

  it('gives every run once, page by page, also those begun at once', async () => {
    const begun = await Promise.all(Array.from({ length: 7 }, begin))
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { items: { id: string }[]; next: string | null } = (
        await get(`/api/v1/runs?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      ).body
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining(begun))
  })

  it.each(['limit=0', 'limit=many', 'status=asleep'])('refuses %s and says why', async (query) => {
    const { status, body, type } = await get(`/api/v1/runs?${query}`)
    expect({ status, body }).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST', status: 400 } })
    expect(type).toContain('application/problem+json')
  })

  const forged = (at: string) =>
    Buffer.from(JSON.stringify({ at, id: '00000000-0000-4000-8000-000000000000' })).toString('base64url')
  it.each(['x', 'bm90IGpzb24', forged('now'), forged('2026-99-99 10:00:00+00'), forged('2026-02-31 10:00:00+00')])(
    'refuses the cursor %s',
    async (cursor) => {
      expect(await get(`/api/v1/runs?cursor=${cursor}`)).toMatchObject({
        status: 400,
        body: { code: 'CURSOR_INVALID' },
      })
    },
  )
})

describe('a hand on runs', () => {
  it('cancels, and brings back', async () => {
    const id = await begin()
    expect((await post(`/api/v1/runs/${id}/cancel`)).statusCode).toBe(204)
    expect((await post(`/api/v1/runs/${id}/cancel`)).json()).toMatchObject({ status: 409, code: 'RUN_HAS_ENDED' })
    expect((await post(`/api/v1/runs/${id}/retry`)).statusCode).toBe(204)
    worker = await test.clipwright.startWorker()
    expect((await test.clipwright.ended(id)).status).toBe('done')
    expect((await post(`/api/v1/runs/${id}/retry`)).json()).toMatchObject({ status: 409, code: 'NOTHING_TO_RETRY' })
  })

  it('moves to the front', async () => {
    const [, id] = [await begin(), await begin()]
    expect((await post(`/api/v1/runs/${id}/front`)).statusCode).toBe(204)
    const { body } = await get('/api/v1/runs?limit=1')
    expect(body).toMatchObject({ items: [{ id, priority: 1 }] })
  })

  it('says that a run does not exist', async () => {
    const response = await post('/api/v1/runs/00000000-0000-4000-8000-000000000000/cancel')
    expect(response.json()).toMatchObject({ status: 404, code: 'RUN_NOT_FOUND' })
  })
})

describe('who may ask', () => {
  it.each([
    ['another machine', { remoteAddress: '192.168.1.7' }],
    ['a name that is not this machine', { headers: { host: 'evil.example' } }],
    ['a page of another site', { headers: { host: 'localhost:4000', origin: 'https://evil.example' } }],
  ])('not %s', async (_, change) => {
    const response = await test.app.inject({ url: '/api/v1/runs', ...change })
    expect(response.json()).toMatchObject({ status: 403, code: 'LOOPBACK_ONLY' })
  })

  it.each(['cross-site', 'same-site'])('no page of another site that keeps its origin to itself, %s', async (site) => {
    const headers = { host: 'localhost:4000', 'sec-fetch-site': site }
    const response = await test.app.inject({ method: 'POST', url: '/api/v1/runs', headers, payload: {} })
    expect(response.json()).toMatchObject({ status: 403, code: 'LOOPBACK_ONLY' })
    // A link on it may lead here.
    expect((await test.app.inject({ url: '/', headers })).statusCode).toBe(200)
  })

  it('this machine, by any of its own names', async () => {
    for (const host of ['localhost:4000', '127.0.0.1:4000', '[::1]:4000']) {
      const response = await test.app.inject({ url: '/health/live', headers: { host, origin: `http://${host}` } })
      expect(response.statusCode).toBe(200)
    }
  })
})

it('answers what it does not know as a problem', async () => {
  expect(await get('/api/v1/nothing')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
})

it('describes itself', async () => {
  const document = test.app.swagger() as { openapi: string; paths: Record<string, unknown> }
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths)).toContain('/api/v1/runs/{id}/cancel')
})
