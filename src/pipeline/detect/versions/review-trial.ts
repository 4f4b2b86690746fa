import type { Kysely } from 'kysely'
import type { Tables } from '../../../database/tables.ts'
import { saveEvent } from '../../../library/events.store.ts'
import { getFeedback } from '../../../library/feedback.store.ts'
import {
  endRollout,
  getDetectionRuns,
  getLiveRollouts,
  lockRollouts,
  type Rollout,
} from '../../../library/rollouts.store.ts'
import { compareVersions, type Evidence } from './compare-versions.ts'
import { standardDetector } from './detectors.ts'
import { trackRecords } from './track-record.ts'

export interface RolledBack {
  detector: string
  backTo: string
  /** Why, in a sentence. */
  reason: string
  evidence: Evidence
}

/**
 * Takes a trial back when the new version is worse than the old one beyond the interval, and writes down why. Null when there is no trial, or
 * nothing against it. Only what both did since the trial began is compared; of several processes that find it out, one takes it back.
 */
export async function reviewTrial(db: Kysely<Tables>): Promise<RolledBack | null> {
  const { trial, current } = await getLiveRollouts(db)
  if (trial === null) return null
  const backTo = current?.detector ?? standardDetector
  const evidence = await evidenceOn(db, trial, backTo)
  if (evidence.worse.length === 0) return null
  const reason = reasonOf(evidence, trial.detector, backTo)
  const isOurs = await db.transaction().execute(async (tx) => {
    await lockRollouts(tx)
    const ended = await endRollout(tx, { id: trial.id, status: 'rolled-back', reason, evidence, by: 'system' })
    if (ended) await saveEvent(tx, rollbackEvent({ detector: trial.detector, backTo, reason, evidence, by: 'system' }))
    return ended
  })
  return isOurs ? { detector: trial.detector, backTo, reason, evidence } : null
}

/** What a trial has shown so far. */
export async function evidenceOn(db: Kysely<Tables>, trial: Rollout, other: string): Promise<Evidence> {
  const verdicts = (await getFeedback(db)).filter(({ at }) => at >= trial.since)
  const records = trackRecords(await getDetectionRuns(db, trial.since), verdicts)
  const none = { runs: [], judged: [] }
  return compareVersions({ older: records.get(other) ?? none, newer: records.get(trial.detector) ?? none })
}

export function rollbackEvent(about: {
  detector: string
  backTo: string
  reason: string
  evidence: Evidence | null
  by: string
}) {
  const { detector, backTo, reason, evidence, by } = about
  return {
    severity: 'warn' as const,
    component: 'detect',
    name: 'detector.rolled-back',
    message: `${detector} was rolled back to ${backTo}. ${reason}`,
    data: { detector, backTo, evidence, by },
  }
}

function reasonOf({ worse, errors, discards, seconds }: Evidence, detector: string, other: string): string {
  const sentences = worse.map((what) => {
    if (what === 'seconds') {
      const { new: slow, old: quick, ratio } = seconds
      return `${detector} takes ${say(slow)} s for an hour of recording, ${other} ${say(quick)} s (${say(ratio?.low)} to ${say(ratio?.high)} times as long).`
    }
    const shares = what === 'errors' ? errors : discards
    const verb = what === 'errors' ? 'failed on' : 'had discarded'
    const { difference } = shares
    return (
      `${detector} ${verb} ${shares.new.bad} of ${shares.new.of}, ${other} ${shares.old.bad} of ${shares.old.of} ` +
      `(${percent(difference?.low)} to ${percent(difference?.high)} more).`
    )
  })
  return sentences.join(' ')
}

function say(value: number | null | undefined): string {
  return value === null || value === undefined ? '?' : value.toPrecision(2)
}

function percent(value: number | undefined): string {
  return value === undefined ? '?' : `${Math.round(value * 100)} %`
}
