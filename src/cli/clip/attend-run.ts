import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { stepKinds } from '../../domain/run.ts'
import type { Pipeline } from '../../pipeline/open-pipeline.ts'
import type { Worker } from '../../pipeline/workers/start-worker.ts'
import { livingWorkers } from '../../pipeline/workers/worker-presence.ts'

// Somebody who works for all may end at any time.
const lookMs = 3000

/**
 * Sees to it that somebody works on a run: workers that take everything, where there are any, else this process, for this run alone; also when they
 * end half-way. Dispose it to stop what this process does.
 */
export async function attendRun(pipeline: Pipeline, runId: string): Promise<AsyncDisposable> {
  const db = pipeline.database.kysely
  let own: Worker | null = null
  let ended = false
  const look = async (): Promise<void> => {
    if (ended || own !== null || (await isAttended(db))) return
    own = await pipeline.startWorker({ onlyRun: runId })
  }
  await look()
  let looking = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking.then(look).catch(() => undefined)
  }, lookMs)
  return {
    async [Symbol.asyncDispose]() {
      ended = true
      clearInterval(timer)
      await looking
      await own?.stop()
    },
  }
}

/** Whether every kind of step has somebody who takes it, whatever run it is of. */
async function isAttended(db: Kysely<Tables>): Promise<boolean> {
  const workers = (await livingWorkers(db)).filter(({ onlyRun, status }) => onlyRun === null && status === 'working')
  return stepKinds.every((kind) => workers.some(({ kinds }) => kinds.includes(kind)))
}
