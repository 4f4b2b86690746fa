import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { listEvents, saveEvent } from '../../../src/library/events.store.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { someRunSettings } from '../../support/compose-for-test.ts'

vi.mock('../../../src/library/events.store.ts', { spy: true })

const patience = { timeout: 120_000 }

let test: TestApp
let port: number
beforeAll(async () => {
  test = await appForTest()
  await test.app.listen({ host: '127.0.0.1', port: 0 })
  port = (test.app.server.address() as AddressInfo).port
})
afterAll(() => test.close())

const happen = (message: string) =>
  saveEvent(test.clipwright.database.kysely, { severity: 'info', component: 'test', name: 'test', message })

/** Listens to the stream; `heard` grows. */
function listen(headers: Record<string, string> = {}) {
  const stream = { heard: '', end: () => undefined as void, status: 0, isOver: false }
  const asked = request({ host: '127.0.0.1', port, path: '/api/v1/events/stream', headers }, (response) => {
    stream.status = response.statusCode ?? 0
    response.setEncoding('utf8').on('data', (text: string) => {
      stream.heard += text
    })
    response.on('end', () => {
      stream.isOver = true
    })
  })
  asked.on('error', () => undefined)
  asked.end()
  stream.end = () => void asked.destroy()
  return stream
}

it('tells what happens, as it happens', async () => {
  const stream = listen()
  await vi.waitFor(() => expect(stream.heard).toContain('event: runs'), patience)
  await happen('the first thing')
  await vi.waitFor(() => expect(stream.heard).toContain('the first thing'), patience)
  const { runId } = await test.clipwright.beginRun(someRunSettings())
  await vi.waitFor(() => expect(stream.heard).toContain(runId), patience)
  stream.end()
})

it('tells somebody who was away what they missed, once', async () => {
  const { items } = (await test.app.inject({ url: '/api/v1/events' })).json()
  const last = items.at(-1).id
  await happen('missed one')
  await happen('missed two')
  const stream = listen({ 'last-event-id': String(last) })
  await vi.waitFor(() => expect(stream.heard).toContain('missed two'), patience)
  await happen('then')
  await vi.waitFor(() => expect(stream.heard).toContain('"then"'), patience)
  for (const message of ['missed one', 'missed two', '"then"']) expect(stream.heard.split(message)).toHaveLength(2)
  stream.end()
})

it('answers whoever asks now and then', async () => {
  const all = (await test.app.inject({ url: '/api/v1/events?limit=500' })).json().items
  const after = all[0].id
  const rest = (await test.app.inject({ url: `/api/v1/events?after=${after}&limit=1` })).json().items
  expect(rest).toHaveLength(1)
  expect(rest[0].id).toBeGreaterThan(after)
})

it('is not asked more often by five hundred than by one', async () => {
  const streams = Array.from({ length: 500 }, () => listen({ 'last-event-id': 'nonsense' }))
  await vi.waitFor(() => expect(streams.every(({ heard }) => heard.includes('event: runs'))).toBe(true), patience)
  await happen('heard by all')
  await vi.waitFor(() => expect(streams.every(({ heard }) => heard.includes('heard by all'))).toBe(true), patience)
  for (const stream of streams) stream.end()
  expect((await test.app.inject({ url: '/health/ready' })).statusCode).toBe(200)
})

it('ends a stream that can not begin, so that it is opened again', async () => {
  // Only what was missed is asked for by the thousand.
  vi.mocked(listEvents).mockImplementation((_, { limit }) =>
    limit === 1000 ? Promise.reject(new Error('the database is away')) : Promise.resolve([]),
  )
  const stream = listen({ 'last-event-id': '0' })
  await vi.waitFor(() => expect(stream.isOver).toBe(true), patience)
  vi.mocked(listEvents).mockReset()
})
