import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import type { Settings } from '../../config/settings.ts'
import { AppError } from '../../domain/app-error.ts'
import type { Caller } from '../accounts/caller.ts'
import type { App } from '../app.ts'

export class RateLimited extends AppError {
  readonly code = 'RATE_LIMITED'
  override readonly retry = 'later' as const
  /** For the header Retry-After. */
  readonly retryAfterSeconds: number
  constructor(seconds: number) {
    super('Too many requests in too short a time.', { hint: `Wait for ${seconds} s, as Retry-After says.` })
    this.retryAfterSeconds = seconds
  }
}

export interface RateLimits {
  /** Counts a request from where it came. @throws RateLimited */
  byAddress(request: FastifyRequest): Promise<void>
  /** Counts a request for who sent it. @throws RateLimited */
  byCaller(request: FastifyRequest, caller: Caller): Promise<void>
}

/** Limits by address and by account or key, counted in the memory of this process: one process answers HTTP. */
export async function createRateLimits(
  app: App,
  settings: Pick<Settings, 'RATE_LIMIT_PER_MINUTE' | 'RATE_LIMIT_PER_ADDRESS'>,
): Promise<RateLimits> {
  await app.register(rateLimit, { global: false, cache: 20_000 })
  const callers = new WeakMap<FastifyRequest, string>()
  const address = limiter(app, settings.RATE_LIMIT_PER_ADDRESS, ({ ip }) => `address ${addressGroup(ip)}`)
  const caller = limiter(app, settings.RATE_LIMIT_PER_MINUTE, (request) => `caller ${callers.get(request)}`)
  return {
    byAddress: address,
    byCaller: async (request, who) => {
      if (who.by === 'machine') return
      // A key's requests don't slow the person it belongs to.
      callers.set(request, who.by === 'key' ? who.credentialId : who.accountId)
      await caller(request)
    },
  }
}

function limiter(app: App, max: number, keyGenerator: (request: FastifyRequest) => string) {
  if (max === 0) return async () => undefined
  const count = app.createRateLimit({ max, timeWindow: 60_000, keyGenerator })
  return async (request: FastifyRequest): Promise<void> => {
    const counted = await count(request)
    if (!counted.isAllowed && counted.isExceeded) throw new RateLimited(counted.ttlInSeconds)
  }
}

/** Who has one address of IPv6 has 2⁶⁴ of them. */
export function addressGroup(address: string): string {
  return normalizeIP(address, 64)
}
