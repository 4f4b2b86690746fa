import { type Kysely, sql } from 'kysely'
import { prepared } from '../database/prepared.ts'
import type { Tables } from '../database/tables.ts'
import { queueSchema } from './queue-schema.ts'

/**
 * Steps that have not ended although the queue has settled their job by itself, of one run or of all: the job is gone or at its end, or waits for
 * another try while the step still looks as if somebody worked on it. Asked each second; mostly there are none.
 */
export async function findLostSteps(db: Kysely<Tables>, onlyRun: string | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    ${prepared} select steps.id
    from steps left join ${sql.table(`${queueSchema}.job`)} job on job.name = steps.kind and job.id = steps.job_id
    where steps.status in ('queued', 'working')
      and (job.state is null or job.state in ('failed', 'cancelled') or (job.state = 'retry' and steps.status = 'working'))
      and (${onlyRun}::uuid is null or steps.run_id = ${onlyRun}::uuid)`.execute(db)
  return rows.map(({ id }) => id)
}
