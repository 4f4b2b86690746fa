import type { FastifyRequest } from 'fastify'
import type { AccountRole } from '../../domain/account.ts'

/** Who asks: this machine itself while there are no accounts, or an account, by a session or by one of its keys. */
export type Caller =
  | { by: 'machine'; role: 'owner' }
  | { by: 'session' | 'key'; role: AccountRole; accountId: string; credentialId: string }

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where nobody has said who asks: on routes for anyone. */
    caller: Caller | null
  }
}

/** Who asks, as it is stored with what they do: the id of an account, or `http` while there are none. */
export function callerId({ caller }: FastifyRequest): string {
  return caller === null || caller.by === 'machine' ? 'http' : caller.accountId
}
