import { afterEach, beforeEach, expect, it } from 'vitest'
import { beatWorker } from '../../../src/library/workers.store.ts'
import { appForTest, type TestApp } from '../../support/app-for-test.ts'
import { lastingWorker } from '../../support/lasting-worker.ts'

let test: TestApp
beforeEach(async () => {
  test = await appForTest()
})
afterEach(() => test.close())

const ask = async () => (await test.app.inject('/api/v1/admin/workers')).json()

it('tells who works, and why no more', async () => {
  // One that works would say by itself, every few seconds, how it does.
  await lastingWorker(test.clipwright.database.kysely, { restarts: 3 })
  const { items } = await ask()
  expect(items).toEqual([
    expect.objectContaining({
      pid: process.pid,
      status: 'working',
      kinds: ['cut'],
      doing: [],
      done: 0,
      restarts: 3,
      shortages: [],
      loopDelayMs: null,
    }),
  ])
  await beatWorker(test.clipwright.database.kysely, items[0].id, {
    status: 'draining',
    doing: [],
    doneCount: 4,
    limits: { cut: 1 },
    shortages: [{ kind: 'cut', count: 1, of: 2, short: 'memory' }],
    memoryBytes: 123_456_789,
    loadPerCore: 2.5,
    freeMegabytes: 700,
    loopDelayMs: 12.5,
  })
  expect((await ask()).items[0]).toMatchObject({
    status: 'draining',
    atOnce: [{ kind: 'cut', count: 1 }],
    shortages: [{ kind: 'cut', count: 1, of: 2, short: 'memory' }],
    done: 4,
    loadPerCore: 2.5,
    freeMegabytes: 700,
    loopDelayMs: 12.5,
  })
})

it('a worker that others took for dead comes back by itself', async () => {
  const worker = await test.clipwright.startWorker({ kinds: ['cut'], atOnce: 2, restarts: 3 })
  const [before] = (await ask()).items
  expect(before).toMatchObject({ pid: process.pid, kinds: ['cut'], restarts: 3 })
  await test.clipwright.database.kysely.deleteFrom('workers').execute()
  await expect.poll(async () => (await ask()).items).toMatchObject([{ pid: process.pid, kinds: ['cut'], restarts: 3 }])
  expect((await ask()).items[0].id).not.toBe(before.id)
  await worker.stop()
})
