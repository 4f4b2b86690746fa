import type { ColumnType, Generated } from 'kysely'

/** What a library has as its own defaults; what is not there is as usual. */
export interface LibrarySettingsTable {
  name: string
  value: ColumnType<unknown, string, string>
  created_at: ColumnType<Date, never, never>
  created_by: string
  updated_at: Generated<Date>
  updated_by: string
}
