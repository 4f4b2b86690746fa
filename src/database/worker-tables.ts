import type { ColumnType, Generated } from 'kysely'
import type { ProcessIdentity } from '../domain/process-identity.ts'
import type { StepKind } from '../domain/run.ts'
import type { Shortage, WorkInHand } from '../domain/worker.ts'
import type { CreatedAt, Json } from './table-columns.ts'

/** Who works, and the tools they have started. */
export interface WorkerTables {
  workers: WorkersTable
  child_processes: ChildProcessesTable
}

interface WorkersTable {
  id: Generated<string>
  identity: Json<ProcessIdentity>
  kinds: StepKind[]
  limits: Json<Partial<Record<StepKind, number>>>
  only_run: string | null
  status: 'working' | 'draining'
  doing: Json<WorkInHand[]>
  done_count: Generated<number>
  memory_bytes: number
  restarts: Generated<number>
  shortages: ColumnType<Shortage[], string | undefined, string>
  load_per_core: number | null
  free_megabytes: number | null
  loop_delay_ms: number | null
  started_at: CreatedAt
  beat_at: Generated<Date>
}

interface ChildProcessesTable {
  host: string
  boot_id: string
  pid: number
  start_time: string
  step_id: string
  command: string
  started_at: CreatedAt
}
