import type { Pool } from 'pg'
import { vi } from 'vitest'

/**
 * Settles a database just filled, as autovacuum does in time: statistics taken, and every page known as visible to all.
 * One vacuum may not be enough: while autovacuum takes its own statistics, no page is visible to all yet.
 */
export async function vacuumWhole(pool: Pick<Pool, 'query'>): Promise<void> {
  await vi.waitFor(
    async () => {
      await pool.query('vacuum (analyze)')
      const { rows } = await pool.query<{ relname: string }>(
        `select relname from pg_class
         where relkind = 'r' and relnamespace = 'public'::regnamespace and relallvisible < relpages`,
      )
      if (rows.length > 0) throw new Error(`not visible to all yet: ${rows.map(({ relname }) => relname).join(', ')}`)
    },
    { timeout: 300_000, interval: 250 },
  )
}
