import { access } from 'node:fs/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { LimitedParts } from './limited-parts.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const fine = { status: 'ok', says: 'answers' } as const

it('says what a part says', async () => {
  const parts = new LimitedParts()
  expect(await parts.ask({ name: 'disk', otherwise: 'broken', ask: async () => fine })).toEqual({
    name: 'disk',
    ...fine,
  })
})

it('says of a part that breaks what that means', async () => {
  const ask = () => Promise.reject(new Error('secret'))
  expect(await new LimitedParts().ask({ name: 'cache', otherwise: 'degraded', ask })).toEqual({
    name: 'cache',
    status: 'degraded',
    says: 'can not be asked',
  })
})

it('hears an answer that came while this process stood still', async () => {
  vi.useRealTimers()
  const parts = new LimitedParts(20)
  const asked = parts.ask({ name: 'disk', otherwise: 'broken', ask: () => access('/').then(() => fine) })
  const until = performance.now() + 500
  while (performance.now() < until);
  expect(await asked).toMatchObject(fine)
})

it('waits for no part longer than 1.5 s, and asks it again only when it has answered', async () => {
  const parts = new LimitedParts()
  const { promise, resolve } = Promise.withResolvers<typeof fine>()
  const ask = vi.fn(() => promise)
  const first = parts.ask({ name: 'database', otherwise: 'broken', ask })
  await vi.advanceTimersByTimeAsync(1500)
  expect(await first).toMatchObject({ status: 'broken', says: 'has not answered within 1.5 s' })
  expect(await parts.ask({ name: 'database', otherwise: 'broken', ask })).toMatchObject({
    status: 'broken',
    says: 'has still not answered',
  })
  expect(ask).toHaveBeenCalledTimes(1)
  resolve(fine)
  await vi.advanceTimersByTimeAsync(0)
  expect(await parts.ask({ name: 'database', otherwise: 'broken', ask })).toMatchObject(fine)
})
