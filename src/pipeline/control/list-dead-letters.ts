import type { Kysely } from 'kysely'
import type { Tables } from '../../database/tables.ts'
import type { StepKind } from '../../domain/run.ts'
import { type DeadLetter, listDeadLetters as readDeadLetters } from '../../library/dead-letters.store.ts'
import { getAttemptsOfSteps } from '../../library/failed-attempts.store.ts'
import { sayFailure } from './say-failure.ts'
import { type TimedAttempt, timeAttempt } from './show-run.ts'
import type { StandingState } from './standing.ts'

/** A step that failed for good, with all the evidence there is. */
export interface DeadLetterInView extends DeadLetter {
  state: Extract<StandingState, 'failed'>
  /** `failed: the feed answered 404 (will not retry)`. */
  says: string
  attempts: TimedAttempt[]
}

interface ListOptions {
  kind?: StepKind | undefined
  /** Only what no newer run of the same recording has made good, or is about to. */
  current?: boolean | undefined
  limit: number
  before?: { at: string; id: string } | undefined
}

/** What failed for good, the newest first, each with the history of its tries. Two queries. */
export async function listDeadLetters(db: Kysely<Tables>, options: ListOptions): Promise<DeadLetterInView[]> {
  const letters = await readDeadLetters(db, options)
  const attempts = await getAttemptsOfSteps(
    db,
    letters.map(({ stepId }) => stepId),
  )
  return letters.map((letter) => ({
    ...letter,
    state: 'failed' as const,
    says: `failed: ${sayFailure(letter.error, { attempts: letter.tries })}`,
    attempts: (attempts.get(letter.stepId) ?? []).map(timeAttempt),
  }))
}
