import type { ColumnType } from 'kysely'

/** A jsonb column: read as T, written as the JSON text made by `json()`. */
export type Json<T> = ColumnType<T, string, string>

/** When a row was written, as the database says. */
export type CreatedAt = ColumnType<Date, never, never>
