import { type RawBuilder, sql } from 'kysely'

/**
 * The value for a jsonb column. Said out loud because the driver would turn an array into a PostgreSQL array.
 * U+0000 cannot be stored in jsonb and is dropped.
 */
export function json(value: unknown): RawBuilder<string> {
  const text = JSON.stringify(value ?? null).replaceAll('\\u0000', '')
  return sql<string>`${text}::jsonb`
}
