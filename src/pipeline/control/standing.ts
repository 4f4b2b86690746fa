/**
 * How something stands, for a person. `waiting`: nothing is done about it now, and something is waited for; `working`: something is done about it at
 * this moment; `failed`: nothing more will be done about it by itself.
 */
export const standingStates = ['waiting', 'working', 'done', 'failed', 'cancelled', 'skipped'] as const
export type StandingState = (typeof standingStates)[number]

/** One sign for each state, so that none is told by its colour alone; the words tell it as well. */
export const standingSigns: Readonly<Record<StandingState, string>> = {
  waiting: '○',
  working: '▶',
  done: '✓',
  failed: '✗',
  cancelled: '–',
  skipped: '»',
}

export interface Standing {
  state: StandingState
  /** A sentence: `waiting (2 ahead)`, `rendering, 62 %, 40 s left`, `failed: the feed answered 404 (will not retry)`. */
  says: string
  /** 0 to 1; null where nothing is under way or nothing is known. */
  fraction: number | null
  /** Whole seconds, rounded as `says` has them; null while a number would be a guess. */
  secondsLeft: number | null
}
