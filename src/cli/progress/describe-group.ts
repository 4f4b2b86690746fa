import type { StepGroup } from './group-steps.ts'

/** `cut`, or `cut 3 of 8` when there are several. */
export function nameOfGroup({ kind, total, done }: StepGroup): string {
  return total > 1 ? `${kind} ${done} of ${total}` : kind
}

/** How a finished group ended, e.g. `done, 6 of 8 were already there` or `2 of 8 failed`. */
export function describeEnd({ status, total, failed, reused }: StepGroup): string {
  if (status === 'cancelled') return 'cancelled'
  const kept =
    total > 1 && reused < total
      ? `${reused} of ${total} ${reused === 1 ? 'was' : 'were'} already there`
      : 'already there'
  const notes = [failed > 0 ? (total > 1 ? `${failed} of ${total} failed` : 'failed') : '', reused > 0 ? kept : '']
  const said = notes.filter((note) => note !== '').join(', ')
  return said === '' ? 'done' : said
}
