const callOutcomes = [
  'pending',
  'answered',
  'unusable',
  'refused',
  'rejected',
  'limited',
  'failed',
  'timed-out',
  'cancelled',
  'lost',
] as const

/**
 * How a call of a language model ended. `pending`: it was written down and is being made. `unusable`: an answer that can't be read, or that
 * names what is not there. `refused`: the model would not answer. `rejected`: the request was not accepted (key, model, size). `limited`: too
 * many calls, try later. `failed`: the provider is broken or out of reach. `lost`: our process ended before the answer was kept.
 */
export type CallOutcome = (typeof callOutcomes)[number]

/** The provider is up, whatever it said. */
export function provesThatItIsUp(outcome: CallOutcome): boolean {
  return outcome === 'answered' || outcome === 'unusable' || outcome === 'refused' || outcome === 'rejected'
}

/** The provider is down, or as good as down. */
export function provesThatItIsDown(outcome: CallOutcome): boolean {
  return outcome === 'failed' || outcome === 'timed-out'
}
