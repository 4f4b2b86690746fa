import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import { aloneUntilCommit } from '../../database/while-alone.ts'
import { insertRun, lockUnfinishedRuns, setOwner } from '../../library/runs.store.ts'
import { lockWaitingRunLike, setAsked } from '../../library/waiting-runs.store.ts'
import { hasEnded, thisProcess } from '../../observability/this-process.ts'
import { contentHash } from '../content-hash.ts'
import { demandRoom } from '../control/queue-room.ts'
import { firstJob } from '../flow.ts'
import type { RunSettings } from '../run-settings.ts'
import { beginSteps } from './finish-step.ts'
import { goOnWaiting } from './go-on-waiting.ts'

// Of two that ask for the last place at once, one gets it.
const roomLock = 4

/** Done in the transaction that begins a run: both happen, or neither. */
export type WithRun = (tx: Transaction<Tables>, runId: string) => Promise<void>

interface RunToBegin {
  settings: RunSettings
  maxUnfinished: number
  /** Who begins it: an account's id, `cli` or `system`. */
  by: string
  also?: WithRun | undefined
}

/**
 * Begins a run, or takes over an unfinished one with exactly the same settings whose process has ended, or one that waits for a transcript, whatever
 * is said now of where to take it from: what it had done is kept. @throws QueueFull
 */
export async function beginRun(
  db: Kysely<Tables>,
  { settings, maxUnfinished, by, also }: RunToBegin,
): Promise<{ runId: string; resumed: boolean }> {
  const fingerprint = contentHash(settings)
  return db.transaction().execute(async (tx) => {
    const unfinished = await lockUnfinishedRuns(tx, fingerprint)
    const abandoned = unfinished.find(({ owner }) => owner === null || hasEnded(owner))
    if (abandoned) {
      await setOwner(tx, abandoned.id, thisProcess())
      await also?.(tx, abandoned.id)
      return { runId: abandoned.id, resumed: true }
    }
    await aloneUntilCommit(tx, roomLock)
    await demandRoom(tx, maxUnfinished)
    const waiting = await lockWaitingRunLike(tx, settings)
    if (waiting !== null) {
      await setAsked(tx, { id: waiting, settings, fingerprint })
      await goOnWaiting(tx, waiting)
      await setOwner(tx, waiting, thisProcess())
      await also?.(tx, waiting)
      return { runId: waiting, resumed: true }
    }
    const runId = await insertRun(tx, { fingerprint, settings, owner: thisProcess(), by })
    const run = { id: runId, priority: 0, mediaSeconds: 0 }
    await beginSteps(tx, [{ kind: firstJob.name, subject: 0, run }])
    await also?.(tx, runId)
    return { runId, resumed: false }
  })
}
