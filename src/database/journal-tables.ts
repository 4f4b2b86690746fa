import type { ColumnType, Generated } from 'kysely'
import type { ErrorRecord } from '../domain/app-error.ts'
import type { CallOutcome } from '../domain/model-call.ts'
import type { ProcessIdentity } from '../domain/process-identity.ts'
import type { CreatedAt, Json } from './table-columns.ts'

/** What happened, what language models were asked, and requests that are answered once. */
export interface JournalTables {
  events: EventsTable
  model_calls: ModelCallsTable
  /** Each time an answer that was kept spared a call. */
  model_reuses: { call_id: string; at: ColumnType<Date, Date | undefined, never> }
  request_keys: RequestKeysTable
}

interface EventsTable {
  id: Generated<number>
  at: CreatedAt
  severity: 'debug' | 'info' | 'warn' | 'error'
  component: string
  name: string
  message: string
  data: Json<unknown>
  run_id: string | null
  recording_id: string | null
}

interface ModelCallsTable {
  id: Generated<string>
  provider: string
  model: string
  purpose: string
  prompt_version: string
  content_key: string
  recording_id: string | null
  run_id: string | null
  outcome: CallOutcome
  holder: Json<ProcessIdentity | null>
  reserved_tokens: number
  reserved_usd: number
  input_tokens: number | null
  output_tokens: number | null
  cost_usd: number | null
  http_status: number | null
  error: ColumnType<ErrorRecord | null, string | null | undefined, string | null>
  answer: ColumnType<unknown, string | null | undefined, string | null>
  retry_at: Date | null
  begun_at: Date
  ended_at: Date | null
}

interface RequestKeysTable {
  /** The id of the account that asked; `http` while there are none. */
  caller: string
  key: string
  /** `POST /path`. */
  route: string
  body_hash: string
  /** Null while it is being answered. */
  answer: ColumnType<
    { status: number; type: string; location: string | null; body: string } | null,
    string | null | undefined,
    string | null
  >
  created_at: CreatedAt
}
