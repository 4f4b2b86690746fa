import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Warmed } from './warmed.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function counting() {
  let made = 0
  return { make: async () => ++made, count: () => made }
}

it('is made once for all who ask at the same time', async () => {
  const { make, count } = counting()
  const warmed = new Warmed({ make })
  expect(await Promise.all([warmed.get(), warmed.get(), warmed.get()])).toEqual([1, 1, 1])
  expect(await warmed.get()).toBe(1)
  expect(count()).toBe(1)
  await warmed.stop()
})

it('is made anew every five seconds while somebody asks, and no more when nobody does', async () => {
  const { make, count } = counting()
  const onIdle = vi.fn()
  const warmed = new Warmed({ make, onIdle })
  await warmed.get()
  await vi.advanceTimersByTimeAsync(15_000)
  expect(count()).toBe(4)
  expect(await warmed.get()).toBe(4)
  await vi.advanceTimersByTimeAsync(600_000)
  const atRest = count()
  expect(atRest).toBeLessThan(12)
  expect(onIdle).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(600_000)
  expect(count()).toBe(atRest)
  expect(await warmed.get()).toBe(atRest + 1)
  await warmed.stop()
})

it('gives out the last one when it can not be made, and fails when there is none', async () => {
  let away = true
  const make = async () => {
    if (away) throw new Error('the database is away')
    return 'there'
  }
  const warmed = new Warmed({ make })
  await expect(warmed.get()).rejects.toThrow('away')
  away = false
  expect(await warmed.get()).toBe('there')
  away = true
  await vi.advanceTimersByTimeAsync(25_000)
  expect(await warmed.get()).toBe('there')
  await warmed.stop()
})

it('ends with the server', async () => {
  const { make, count } = counting()
  const warmed = new Warmed({ make })
  await warmed.get()
  await warmed.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(count()).toBe(1)
})
