import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { saveEvent } from '../../../src/library/events.store.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'

let test: TestApp
let port: number
beforeAll(async () => {
  test = await appForTest()
  await test.app.listen({ host: '127.0.0.1', port: 0 })
  port = (test.app.server.address() as AddressInfo).port
})
afterAll(() => test.close())

const patient = { timeout: 300_000 }

/** A listener that asks and then never reads. */
function neverReads(): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    socket.on('error', () => undefined)
    socket.once('connect', () => {
      socket.pause()
      socket.write(`GET /api/v1/events/stream HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`, () => resolve(socket))
    })
  })
}

const connections = () =>
  new Promise<number>((resolve, reject) =>
    test.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )

it('cuts off who never reads, and goes on for who does', patient, async () => {
  const deaf = await Promise.all(Array.from({ length: 3 }, neverReads))
  let heard = ''
  const reader = request({ host: '127.0.0.1', port, path: '/api/v1/events/stream' }, (response) => {
    response.setEncoding('utf8').on('data', (text: string) => {
      heard = (heard + text).slice(-2000)
    })
  }).on('error', () => undefined)
  reader.end()
  await vi.waitFor(async () => expect(await connections()).toBe(4), patient)
  const filler = 'x'.repeat(100_000)
  // More than kernels hold for a socket, and more than is kept for a reader.
  const flood = async () => {
    for (let i = 0; i < 10; i++)
      await saveEvent(test.clipwright.database.kysely, {
        severity: 'info',
        component: 'test',
        name: 'test',
        message: 'much',
        data: { filler },
      })
  }
  await vi.waitFor(
    async () => {
      await flood()
      expect(await connections()).toBe(1)
    },
    { ...patient, interval: 600 },
  )
  const last = randomUUID()
  await saveEvent(test.clipwright.database.kysely, { severity: 'info', component: 'test', name: 'test', message: last })
  await vi.waitFor(() => expect(heard).toContain(last), patient)
  reader.destroy()
  for (const socket of deaf) socket.destroy()
})
