import { describe, expect, it } from 'vitest'
import { SignInBrake, SignInTooOften } from './sign-in-brake.ts'

function brakeAt() {
  let now = 1_000_000
  const brake = new SignInBrake({ now: () => now })
  const tryOnce = (email: string, address = '192.0.2.1') => brake.begin({ email, address })
  const waitOf = (email: string, address?: string): number => {
    try {
      tryOnce(email, address)
      return 0
    } catch (error) {
      if (error instanceof SignInTooOften) return error.retryAfterSeconds
      throw error
    }
  }
  return { tryOnce, waitOf, pass: (seconds: number) => (now += seconds * 1000) }
}

describe('SignInBrake', () => {
  it('lets five tries at an account pass, then asks for ever longer waits', () => {
    const { waitOf, pass } = brakeAt()
    const waits: number[] = []
    for (let i = 0; i < 18; i += 1) {
      const wait = waitOf('a@example.com')
      if (wait > 0) waits.push(wait)
      pass(wait)
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128])
  })

  it('never asks for more than a quarter of an hour', () => {
    const { waitOf, pass } = brakeAt()
    let longest = 0
    for (let i = 0; i < 60; i += 1) {
      const wait = waitOf('a@example.com')
      longest = Math.max(longest, wait)
      pass(wait)
    }
    expect(longest).toBe(900)
  })

  it('counts tries that come at once before any was answered', () => {
    const { waitOf } = brakeAt()
    const waits = Array.from({ length: 100 }, () => waitOf('a@example.com'))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
  })

  it('slows an address that tries many accounts, and nobody else', () => {
    const { waitOf } = brakeAt()
    const free = Array.from({ length: 100 }, (_, i) => waitOf(`${i}@example.com`)).filter((wait) => wait === 0)
    expect(free).toHaveLength(20)
    expect(waitOf('a@example.com', '192.0.2.2')).toBe(0)
  })

  it('slows many addresses that try one account, but keeps its owner out for half a minute at most', () => {
    const { waitOf, pass } = brakeAt()
    let longest = 0
    for (let i = 0; i < 200; i += 1) {
      const wait = waitOf('a@example.com', `192.0.2.${i}`)
      longest = Math.max(longest, wait)
      pass(wait)
    }
    expect(longest).toBe(30)
  })

  it('does not forget what an address tried elsewhere when it gets into an account of its own', () => {
    const { tryOnce, waitOf } = brakeAt()
    const free = Array.from({ length: 100 }, (_, i) => {
      const wait = waitOf(`${i}@example.com`)
      if (wait === 0) tryOnceQuietly(() => tryOnce('mine@example.com').succeeded())
      return wait
    })
    expect(free.filter((wait) => wait === 0)).toHaveLength(20)
  })

  it('forgets failures when somebody gets in, and after an hour', () => {
    const { tryOnce, waitOf, pass } = brakeAt()
    for (let i = 0; i < 4; i += 1) tryOnce('a@example.com')
    tryOnce('a@example.com').succeeded()
    expect(waitOf('a@example.com')).toBe(0)
    for (let i = 0; i < 4; i += 1) waitOf('a@example.com')
    expect(waitOf('a@example.com')).toBeGreaterThan(0)
    pass(3601)
    expect(waitOf('a@example.com')).toBe(0)
  })
})

function tryOnceQuietly(attempt: () => void): void {
  try {
    attempt()
  } catch (error) {
    if (!(error instanceof SignInTooOften)) throw error
  }
}
