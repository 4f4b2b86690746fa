import { randomUUID } from 'node:crypto'
import type { Client } from '@openfeature/server-sdk'
import type { Kysely } from 'kysely'
import type { Tables } from '../../../database/tables.ts'
import { type Mode, rankedModes } from '../../../domain/moment.ts'
import { type Feedback, getFeedback } from '../../../library/feedback.store.ts'
import { getLiveRollouts, saveChoice } from '../../../library/rollouts.store.ts'
import type { Ranker } from '../ranker.ts'
import { judgedMoments } from '../taste/judged-moments.ts'
import { learnTaste } from '../taste/learn-taste.ts'
import { noTaste, type Taste } from '../taste/taste.ts'
import { weighVerdicts } from '../taste/weigh-verdicts.ts'
import { detectorIds, findDetector, rankerOf, shippedNewcomer, standardDetector } from './detectors.ts'
import { reviewTrial } from './review-trial.ts'
import { introduce } from './roll-out.ts'
import { detectorFlag, rolloutProvider } from './rollout-provider.ts'

interface Asked {
  stepId: string
  recording: { id: string; contentHash: string }
  mode: Mode
}

export type ChooseRanker = (db: Kysely<Tables>, asked: Asked) => Promise<Ranker>

interface Choosing {
  /** The setting that names one version for all recordings. */
  override?: string | undefined
  /** What is tried where nobody has decided yet; null: nothing. */
  newcomer?: string | null
}

/**
 * Chooses the ranker for a recording: the version that is rolled out to it, leaning towards what people of this library like. Notes the choice, so
 * that versions can be compared, and before it chooses looks whether the trial still stands.
 * @throws DetectorUnknown when the setting names none that there is
 */
export function rankerChooser({ override, newcomer = shippedNewcomer }: Choosing): ChooseRanker {
  const named = override === undefined ? null : findDetector(override)
  return async (db, { stepId, recording, mode }) => {
    if (named === null) {
      if (newcomer !== null) await introduce(db, newcomer)
      await reviewTrial(db)
    }
    const client = await flagsOf(db, named)
    const { value, reason } = await client.getStringDetails(detectorFlag, standardDetector, {
      targetingKey: recording.contentHash,
    })
    // A rollout may name a version that this program no longer has, or does not have yet.
    const detector = detectorIds.includes(value) ? value : standardDetector
    await saveChoice(db, {
      stepId,
      recordingId: recording.id,
      detector,
      why: whyOf(detector === value ? reason : null),
    })
    return rankerOf({ detector, taste: await tasteFor(db, mode) })
  }
}

/** What people of this library like in one mode; what they like in another says little of it. */
export async function tasteFor(db: Kysely<Tables>, mode: Mode): Promise<Taste> {
  return isRanked(mode) ? learnTaste(await newestVerdicts(db, mode)) : noTaste
}

/** How many judged clips of a mode `tasteFor` learns from. */
export async function countJudged(db: Kysely<Tables>, mode: Mode): Promise<number> {
  return isRanked(mode) ? weighVerdicts(judgedMoments(await newestVerdicts(db, mode))).length : 0
}

function isRanked(mode: Mode): boolean {
  return rankedModes.some((ranked) => ranked === mode)
}

/** The newest three hundred clips that were judged count, and few of them have more than three verdicts. */
function newestVerdicts(db: Kysely<Tables>, mode: Mode): Promise<Feedback[]> {
  return getFeedback(db, { mode, most: 1000 })
}

const reasons = ['current', 'trial', 'setting'] as const

function whyOf(reason: string | null | undefined): (typeof reasons)[number] | 'standard' {
  return reasons.find((known) => known === reason) ?? 'standard'
}

const clients = new WeakMap<Kysely<Tables>, Map<string | null, Promise<Client>>>()

/** OpenFeature keeps one provider a domain for the whole process: each database (and override) is a domain of its own. */
function flagsOf(db: Kysely<Tables>, override: string | null): Promise<Client> {
  const ofDatabase = clients.get(db) ?? new Map<string | null, Promise<Client>>()
  clients.set(db, ofDatabase)
  const client = ofDatabase.get(override) ?? makeClient(db, override)
  ofDatabase.set(override, client)
  return client
}

async function makeClient(db: Kysely<Tables>, override: string | null): Promise<Client> {
  const domain = `clipwright ${randomUUID()}`
  const provider = rolloutProvider({
    rollouts: () => getLiveRollouts(db),
    override,
    standard: standardDetector,
  })
  const { OpenFeature } = await import('@openfeature/server-sdk')
  await OpenFeature.setProviderAndWait(domain, provider)
  return OpenFeature.getClient(domain)
}
