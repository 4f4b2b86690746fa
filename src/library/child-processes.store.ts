import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { ProcessIdentity } from '../domain/process-identity.ts'

export interface ChildProcess extends ProcessIdentity {
  stepId: string
  command: string
}

/** Notes a process we started, so that whoever comes after a crash of ours can end it. */
export async function saveChildProcess(db: Kysely<Tables>, child: ChildProcess): Promise<void> {
  await db
    .insertInto('child_processes')
    .values({
      host: child.host,
      boot_id: child.bootId,
      pid: child.pid,
      start_time: child.startTime,
      step_id: child.stepId,
      command: child.command,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Forgets a process of ours that has ended; its start time need not be known any more. */
export async function removeChildProcess(db: Kysely<Tables>, stepId: string, pid: number): Promise<void> {
  await db.deleteFrom('child_processes').where('step_id', '=', stepId).where('pid', '=', pid).execute()
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
