import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { someRunSettings } from '../../support/compose-for-test.ts'
import { type ExposedMetric, readExposition } from '../../support/exposition.ts'
import { lastingWorker } from '../../support/lasting-worker.ts'

let test: TestApp
beforeAll(async () => {
  test = await appForTest({}, { breakers: async () => [{ provider: 'anthropic', model: 'a "b"\\c', state: 'open' }] })
  await lastingWorker(test.clipwright.database.kysely)
  await test.clipwright.beginRun(someRunSettings())
})
afterAll(() => test.close())

const get = (url: string) => test.app.inject({ url })
const expose = async (): Promise<ExposedMetric[]> => readExposition((await get('/metrics')).body)

it('is well-formed, and everything has a help text', async () => {
  await get('/api/v1/recordings')
  const metrics = await expose()
  expect(metrics.length).toBeGreaterThan(20)
  for (const { name, help, type } of metrics)
    expect([name, help.length > 5, type]).toEqual([name, true, expect.any(String)])
})

it('names figures as Prometheus does: ours by our name, counters by _total, times in seconds, sizes in bytes', async () => {
  for (const { name, type, samples } of await expose()) {
    expect(name).toMatch(/^clipwright_[a-z0-9_]+$/)
    expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter'])
    expect(name).not.toMatch(/(_ms|_millis|milliseconds|_kb|_mb|_minutes|_hours|_percent)\b/)
    for (const sample of samples) expect(Object.keys(sample.labels)).not.toContain('id')
  }
})

it('counts a route under its template, whatever is asked for, and every unknown address as one', async () => {
  const routesOf = async () =>
    (await expose())
      .find(({ name }) => name === 'clipwright_http_request_duration_seconds')
      ?.samples.filter(({ name }) => name.endsWith('_count'))
      .map(({ labels }) => `${labels['method']} ${labels['route']} ${labels['status']}`)
  for (let i = 0; i < 5; i++) {
    await get(`/api/v1/recordings/cdfa2a29-bd44-4b4c-8e2f-8d7c2aa0f1f${i}`)
    await get(`/nowhere/${i}?secret=${i}`)
  }
  const routes = await routesOf()
  expect(routes).toContain('GET /api/v1/recordings/:id 404')
  expect(routes).toContain('GET unknown 404')
  expect(routes?.join()).not.toMatch(/cdfa2a29|nowhere|secret/)
  expect(new Set(routes).size).toBe(routes?.length)
})

it('counts what is answered with 304', async () => {
  const { headers } = await get('/page.css')
  const again = await test.app.inject({ url: '/page.css', headers: { 'if-none-match': String(headers['etag']) } })
  expect(again.statusCode).toBe(304)
  expect((await get('/api/v1/dashboard')).json().requests.notModified).toBe(1)
})

it('tells the pool, queries, workers and the queue', async () => {
  const metrics = await expose()
  const valueOf = (name: string, labels: Record<string, string> = {}) =>
    metrics
      .flatMap(({ samples }) => samples)
      .find((each) => each.name === name && Object.entries(labels).every(([key, value]) => each.labels[key] === value))
      ?.value
  expect(valueOf('clipwright_database_connections_max')).toBe(10)
  expect(valueOf('clipwright_database_connections', { state: 'waiting' })).toBe(0)
  expect(valueOf('clipwright_database_query_duration_seconds_count')).toBeGreaterThan(10)
  expect(valueOf('clipwright_database_pool_wait_seconds_count')).toBeGreaterThan(10)
  expect(valueOf('clipwright_database_slow_queries_total')).toBeGreaterThanOrEqual(0)
  expect(valueOf('clipwright_workers')).toBe(1)
  expect(valueOf('clipwright_worker_memory_bytes', { pid: String(process.pid) })).toBe(5e7)
  expect(valueOf('clipwright_steps', { kind: 'ingest', status: 'queued' })).toBe(1)
  expect(valueOf('clipwright_model_breaker', { provider: 'anthropic' })).toBe(2)
})

it('says the same as JSON', async () => {
  const { metrics } = (await get('/api/v1/admin/metrics')).json<{ metrics: { name: string }[] }>()
  const names = (await expose()).map(({ name }) => name)
  expect(metrics.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
})

const hasPromtool = spawnSync('promtool', ['--version']).status === 0

it.skipIf(!hasPromtool)('is what promtool takes without a word', async () => {
  const { body } = await get('/metrics')
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: body, encoding: 'utf8' })
  expect([status, stdout, stderr]).toEqual([0, '', ''])
})

it.each([
  ['a 1', /out of place/],
  ['# HELP a b\n# TYPE a gauge\na 1\na 2', /twice/],
  ['# HELP a b\n# TYPE a number\na 1', /no type/],
  ['# HELP a b\n# TYPE a gauge\na{b="c} 1', /labels|not a figure/],
  ['# HELP a b\n# TYPE a gauge\na one', /no number/],
  ['# HELP a b\n# TYPE a gauge\nb 1', /out of place/],
  ['# HELP a b\n# HELP a b', /twice/],
])('the reader of this test refuses %j', (text, problem) => {
  expect(() => readExposition(`${text}\n`)).toThrow(problem)
})
