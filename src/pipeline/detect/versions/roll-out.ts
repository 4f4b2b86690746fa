import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../../../database/tables.ts'
import { AppError } from '../../../domain/app-error.ts'
import { saveEvent } from '../../../library/events.store.ts'
import {
  beginRollout,
  endRollout,
  getLiveRollouts,
  hadRollout,
  type LiveRollouts,
  lockRollouts,
  setShare,
} from '../../../library/rollouts.store.ts'
import { findDetector, standardDetector } from './detectors.ts'
import { rollbackEvent } from './review-trial.ts'

/** Of the recordings, that a new version gets unless a person says otherwise. */
export const usualShare = 0.1

export class NothingToRollBack extends AppError {
  readonly code = 'NOTHING_TO_ROLL_BACK'
  constructor() {
    super('No detector is on trial, and all recordings get the standard one.', {
      hint: '`clipwright detectors` lists what there is.',
    })
  }
}

/** What all recordings get can't be tried on some of them. */
export class DetectorInUse extends AppError {
  readonly code = 'DETECTOR_IN_USE'
  constructor(detector: string) {
    super(`${detector} is what recordings get now; there is nothing to try.`, {
      hint: 'Name another one, or end a trial with `clipwright detectors rollback`.',
    })
  }
}

interface ToRollOut {
  /** `hand-set@2`, or the newest of a name, `hand-set`. */
  name: string
  /** Of the recordings, above 0 up to 1; 1 makes it the one for all. */
  share?: number
  by: string
}

/** Tries a version on a share of the recordings, or uses it for all. What was on trial before is ended. @throws DetectorUnknown | DetectorInUse */
export async function rollOut(
  db: Kysely<Tables>,
  { name, share = usualShare, by }: ToRollOut,
): Promise<{ detector: string; share: number }> {
  const detector = findDetector(name)
  await db.transaction().execute(async (tx) => {
    await lockRollouts(tx)
    const live = await getLiveRollouts(tx)
    if (share < 1 && detector === (live.current?.detector ?? standardDetector)) throw new DetectorInUse(detector)
    await (share === 1 ? useForAll(tx, live, { detector, by }) : tryOut(tx, live, { detector, share, by }))
    await saveEvent(tx, {
      severity: 'info',
      component: 'detect',
      name: 'detector.rolled-out',
      message: `${detector} is used for ${Math.round(share * 1000) / 10} % of the recordings.`,
      data: { detector, share, by },
    })
  })
  return { detector, share }
}

async function useForAll(
  tx: Transaction<Tables>,
  { current, trial }: LiveRollouts,
  { detector, by }: { detector: string; by: string },
): Promise<void> {
  for (const live of [current, trial]) {
    if (live !== null)
      await endRollout(tx, { id: live.id, status: 'ended', reason: `${detector} is used for all.`, by })
  }
  // The standard one needs no row; with one it would stay when a later program has a better standard.
  if (detector !== standardDetector) await beginRollout(tx, { detector, role: 'current', share: 1, by })
}

async function tryOut(
  tx: Transaction<Tables>,
  { trial }: LiveRollouts,
  { detector, share, by }: { detector: string; share: number; by: string },
): Promise<void> {
  if (trial?.detector === detector) return setShare(tx, { id: trial.id, share, by })
  if (trial !== null)
    await endRollout(tx, { id: trial.id, status: 'ended', reason: `${detector} is tried instead.`, by })
  await beginRollout(tx, { detector, role: 'trial', share, by })
}

/**
 * Takes the trial back at once; without one, whatever was put in the place of the standard. It counts from the next recording on.
 * @throws NothingToRollBack
 */
export async function rollBack(db: Kysely<Tables>, by: string): Promise<{ detector: string; backTo: string }> {
  return db.transaction().execute(async (tx) => {
    await lockRollouts(tx)
    const { current, trial } = await getLiveRollouts(tx)
    const live = trial ?? current
    if (live === null) throw new NothingToRollBack()
    const backTo = live.role === 'trial' ? (current?.detector ?? standardDetector) : standardDetector
    const reason = 'Taken back by hand.'
    await endRollout(tx, { id: live.id, status: 'rolled-back', reason, by })
    await saveEvent(tx, rollbackEvent({ detector: live.detector, backTo, reason, evidence: null, by }))
    return { detector: live.detector, backTo }
  })
}

/** Begins the trial of a version that the program came with, once: what was decided about it before stands. */
export async function introduce(db: Kysely<Tables>, detector: string): Promise<void> {
  if (await hadRollout(db, detector)) return
  await db.transaction().execute(async (tx) => {
    await lockRollouts(tx)
    const { trial } = await getLiveRollouts(tx)
    if (trial !== null || (await hadRollout(tx, detector))) return
    await beginRollout(tx, { detector, role: 'trial', share: usualShare, by: 'system' })
  })
}
