import { hostname } from 'node:os'
import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { type ChildProcess, getChildProcesses, removeChildProcesses } from '../../library/child-processes.store.ts'
import { getStep } from '../../library/steps.store.ts'
import type { Logger } from '../../observability/logger.ts'
import { hasEnded } from '../../observability/this-process.ts'

interface Surroundings {
  db: Kysely<Tables>
  logger: Logger
}

/** Ends the tools on this machine that outlived the process which had started them. */
export async function endOrphans({ db, logger }: Surroundings): Promise<void> {
  for (const child of await getChildProcesses(db, hostname())) {
    const parent = (await getStep(db, child.stepId))?.holder
    if (!parent || hasEnded(parent)) await end({ db, logger }, child)
  }
}

/**
 * Ends what earlier attempts at a step still run on this machine, before it is done again. Whoever made them has lost the
 * claim, even if that process lives.
 */
export async function endToolsOfEarlierAttempts({ db, logger }: Surroundings, stepId: string): Promise<void> {
  for (const child of await getChildProcesses(db, hostname())) {
    if (child.stepId === stepId) await end({ db, logger }, child)
  }
}

async function end({ db, logger }: Surroundings, child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) {
    logger.warn({ pid: child.pid, command: child.command }, 'ending a process that outlived its parent')
    kill(child.pid)
  }
  await removeChildProcesses(db, [child])
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself between our look and our blow.
  }
}
