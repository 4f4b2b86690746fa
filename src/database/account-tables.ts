import type { Generated } from 'kysely'
import type { AccountRole } from '../domain/account.ts'
import type { CreatedAt } from './table-columns.ts'

/** Who may use the server; `migrations/0013-accounts.ts`. Columns that only better-auth fills, and we never read, are left out. */
export interface AccountTables {
  accounts: AccountsTable
  account_passwords: AccountPasswordsTable
  account_sessions: AccountSessionsTable
  account_keys: AccountKeysTable
}

interface AccountsTable {
  id: Generated<string>
  name: string
  /** In small letters. */
  email: string
  role: AccountRole
  /** True of the one that was made while there was none. */
  is_first: Generated<boolean>
  created_at: CreatedAt
  created_by: string
  updated_at: Generated<Date>
}

interface AccountPasswordsTable {
  id: Generated<string>
  account_id: string
  /** The account's id again; better-auth finds passwords by it. */
  subject: string
  provider: 'credential'
  /** Hashed by better-auth (scrypt). */
  password: string
  created_at: CreatedAt
  updated_at: Generated<Date>
}

interface AccountSessionsTable {
  id: Generated<string>
  account_id: string
  token: string
  /** Where it was begun. */
  address: string | null
  user_agent: string | null
  expires_at: Date
  created_at: CreatedAt
  updated_at: Generated<Date>
}

interface AccountKeysTable {
  id: Generated<string>
  account_id: string
  name: string
  /** Its first letters, to tell it from others. */
  start: string
  /** SHA-256 of the key, base64url. */
  key: string
  enabled: boolean
  /** JSON text: `{"clipwright":["read"]}`. */
  permissions: string
  expires_at: Date | null
  last_used_at: Date | null
  created_at: CreatedAt
}
