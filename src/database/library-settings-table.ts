import type { Generated } from 'kysely'
import type { CreatedAt, Json } from './table-columns.ts'

/** What a library has as its own defaults; what is not there is as usual. */
export interface LibrarySettingsTable {
  name: string
  value: Json<unknown>
  created_at: CreatedAt
  created_by: string
  updated_at: Generated<Date>
  updated_by: string
}
