import { z } from 'zod'
import { accountRoles, keyScopes } from '../../domain/account.ts'
import { isWellMeantName } from '../../domain/account-names.ts'
import { passwordLength } from '../../domain/password-rules.ts'
import type { StoredKey } from '../../library/account-keys.store.ts'
import type { StoredSession } from '../../library/account-sessions.store.ts'
import type { StoredAccount } from '../../library/accounts.store.ts'
import { scopeOf } from './door.ts'

/** Plain letters only: addresses that look alike in another alphabet can't be told apart by a person. */
export const email = z
  .string()
  .max(254)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email('must be an e-mail address in plain letters'))
export const password = z
  .string()
  .max(passwordLength.most, `may have at most ${passwordLength.most} letters`)
  .describe(`At least ${passwordLength.least} letters, and none of those that are tried first.`)
export const personName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine(isWellMeantName, 'must be one line of visible letters')
export const role = z.enum(accountRoles).describe('viewer: looks; editor: changes; owner: decides who may, too.')

export const accountView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    role,
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime().nullable().describe('To the day by sessions, to the minute by keys.'),
  })
  .meta({ id: 'Account' })

export function toAccountView(account: StoredAccount): z.infer<typeof accountView> {
  const { id, name, email: address, role: given, createdAt, lastSeenAt } = account
  return {
    id,
    name,
    email: address,
    role: given,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
  }
}

export const sessionView = z
  .object({
    id: z.uuid(),
    isThis: z.boolean().describe('Whether it is the one that asks.'),
    address: z.string().nullable().describe('Where it was begun.'),
    userAgent: z.string().nullable(),
    createdAt: z.iso.datetime(),
    seenAt: z.iso.datetime().describe('To the day.'),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Session' })

export function toSessionView(session: StoredSession, asking: string): z.infer<typeof sessionView> {
  const { id, address, userAgent, createdAt, seenAt, expiresAt } = session
  return {
    id,
    isThis: id === asking,
    address: address || null,
    userAgent: userAgent || null,
    createdAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}

export const scope = z
  .enum(keyScopes)
  .describe('read: as a viewer; write: as an editor; admin: as an owner; never more than its account may.')

export const keyView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    start: z.string().describe('Its first letters, to tell it from others.'),
    scope,
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable().describe('To the minute.'),
  })
  .meta({ id: 'Key' })

export function toKeyView({
  permissions,
  createdAt,
  expiresAt,
  lastUsedAt,
  ...same
}: StoredKey): z.infer<typeof keyView> {
  return {
    ...same,
    scope: scopeOf(permissions) ?? 'read',
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }
}
