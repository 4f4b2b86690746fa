import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { ProcessIdentity } from '../domain/process-identity.ts'

export interface ChildProcess extends ProcessIdentity {
  stepId: string
  command: string
}

/** Notes processes we started, so that whoever comes after a crash of ours can end them. */
export async function saveChildProcesses(db: Kysely<Tables>, children: readonly ChildProcess[]): Promise<void> {
  await db
    .insertInto('child_processes')
    .values(
      children.map((child) => ({
        host: child.host,
        boot_id: child.bootId,
        pid: child.pid,
        start_time: child.startTime,
        step_id: child.stepId,
        command: child.command,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Forgets processes of ours that have ended; their start times need not be known any more. */
export async function removeChildProcesses(
  db: Kysely<Tables>,
  children: readonly Pick<ChildProcess, 'stepId' | 'pid'>[],
): Promise<void> {
  await db
    .deleteFrom('child_processes')
    .where((where) => where.or(children.map(({ stepId, pid }) => where.and({ step_id: stepId, pid }))))
    .execute()
}

/** The processes noted on a machine, oldest first. */
export async function getChildProcesses(db: Kysely<Tables>, host: string): Promise<ChildProcess[]> {
  const rows = await db
    .selectFrom('child_processes')
    .selectAll()
    .where('host', '=', host)
    .orderBy('started_at')
    .execute()
  return rows.map((row) => ({
    host: row.host,
    bootId: row.boot_id,
    pid: row.pid,
    startTime: row.start_time,
    stepId: row.step_id,
    command: row.command,
  }))
}
