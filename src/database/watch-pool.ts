import { AsyncLocalStorage } from 'node:async_hooks'
import type { PostgresPool } from 'kysely'
import type { Pool } from 'pg'
import type { DatabaseUse } from './database-use.ts'

/** Connections of the pool that something holds. */
export interface HeldConnections {
  now: number
  most: number
}

/** Who runs something in here learns how many connections it holds at the same time, over all it waits for. */
export const heldConnections = new AsyncLocalStorage<HeldConnections>()

/** The pool as Kysely uses it, with every wait timed and every connection in somebody's hand counted. */
export function watchPool(pool: Pool, use: DatabaseUse): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const holder = heldConnections.getStore()
      const asked = performance.now()
      const client = await pool.connect()
      use.wait(performance.now() - asked)
      if (holder === undefined) return client
      holder.now += 1
      holder.most = Math.max(holder.most, holder.now)
      // The pool sets it anew each time it gives the connection out.
      const release = client.release.bind(client)
      client.release = (destroy) => {
        holder.now -= 1
        release(destroy)
      }
      return client
    },
  }
}
