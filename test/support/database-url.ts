import { inject } from 'vitest'
import type { Database } from '../../src/database/connect.ts'
import type {} from './global-setup.ts'

/** DATABASE_URL for another process that shall use this temporary database. */
export function databaseUrlOf({ connection }: Pick<Database, 'connection'>): string {
  const { host, port, user, password } = inject('testServer').connection
  return `postgresql://${user}:${password}@localhost:${port}/${connection.database}?host=${encodeURIComponent(host)}`
}
