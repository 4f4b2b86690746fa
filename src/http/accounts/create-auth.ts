import { apiKey } from '@better-auth/api-key'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { Logger } from '../../observability/logger.ts'
import { addressHeader } from './address-header.ts'

// Seconds. Somebody who comes at least once a month stays signed in.
export const sessionSeconds = 30 * 24 * 3600
const refreshedAfterSeconds = 24 * 3600

export const keyPrefix = 'cw_'
/** What better-auth may be told: its names for things are ours in the database, and none of its own routes is served. */
export interface AuthParts {
  db: Kysely<Tables>
  secret: string
  /** Cookies go over https only. */
  secure: boolean
  logger: Logger
}

/**
 * better-auth with our tables: it hashes passwords, signs cookies, keeps and refreshes sessions, makes keys. Who may do what, and the routes, are ours.
 * `migrations/0013-accounts.ts` makes what it stores in.
 */
export function createAuth(parts: AuthParts) {
  return betterAuth(authOptions(parts))
}
export type Auth = ReturnType<typeof createAuth>

export function authOptions({ db, secret, secure, logger }: AuthParts) {
  return {
    appName: 'Clipwright',
    baseURL: secure ? 'https://localhost' : 'http://localhost',
    secret,
    database: { db, type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    logger: { log: (level, message) => logger.debug({ from: 'better-auth', level }, message) },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 200 },
    user: {
      modelName: 'accounts',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: { role: { type: 'string', required: true, input: false, defaultValue: 'viewer' } },
    },
    session: {
      modelName: 'account_sessions',
      expiresIn: sessionSeconds,
      updateAge: refreshedAfterSeconds,
      fields: {
        userId: 'account_id',
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
        ipAddress: 'address',
        userAgent: 'user_agent',
      },
    },
    account: {
      modelName: 'account_passwords',
      fields: {
        userId: 'account_id',
        accountId: 'subject',
        providerId: 'provider',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'account_verifications',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    advanced: {
      cookiePrefix: 'clipwright',
      useSecureCookies: secure,
      database: { generateId: 'uuid' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    plugins: [
      apiKey({
        defaultPrefix: keyPrefix,
        startingCharactersConfig: { shouldStore: true, charactersLength: 8 },
        requireName: true,
        maximumNameLength: 100,
        // Requests are limited before, for all that ask.
        rateLimit: { enabled: false },
        keyExpiration: { minExpiresIn: 0, maxExpiresIn: 3660 },
        schema: {
          apikey: {
            modelName: 'account_keys',
            fields: {
              configId: 'config',
              referenceId: 'account_id',
              refillInterval: 'refill_interval',
              refillAmount: 'refill_amount',
              lastRefillAt: 'last_refill_at',
              rateLimitEnabled: 'rate_limit_enabled',
              rateLimitTimeWindow: 'rate_limit_time_window',
              rateLimitMax: 'rate_limit_max',
              requestCount: 'request_count',
              lastRequest: 'last_used_at',
              expiresAt: 'expires_at',
              createdAt: 'created_at',
              updatedAt: 'updated_at',
            },
          },
        },
      }),
    ],
  } satisfies BetterAuthOptions
}
