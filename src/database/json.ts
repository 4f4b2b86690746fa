import { type RawBuilder, sql } from 'kysely'

/**
 * The value for a jsonb column. Said out loud because the driver would turn an array into a PostgreSQL array.
 * U+0000 and halves of surrogate pairs, as a text has that was cut inside an emoji, cannot be stored in jsonb and are dropped.
 */
export function json(value: unknown): RawBuilder<string> {
  const text = JSON.stringify(value ?? null).replaceAll(unstorable, '$1')
  return sql<string>`${text}::jsonb`
}

// As JSON.stringify writes them; not what follows a backslash that is itself escaped.
const unstorable = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][\da-f]{2})/g
