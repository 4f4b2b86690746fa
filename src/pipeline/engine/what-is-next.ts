import { isFinal, type StepKind, type StepStatus } from '../../domain/run.ts'
import { kindsPerMoment, type Rule } from './follow.ts'

/** A step as far as the order of things is concerned. `subject` is a moment's rank, or 0. */
export interface StepState {
  kind: StepKind
  subject: number
  status: StepStatus
}

export interface Next {
  /** Steps that can begin now. */
  begin: { kind: StepKind; subject: number }[]
  /** Steps that never will, because what they build on did not succeed. */
  skip: { kind: StepKind; subject: number }[]
  /**
   * `failed` when a step the whole run stands on failed; `done` when the last one is done; `needs-transcript` when one does, and nothing else is left
   * to do.
   */
  outcome: 'working' | 'needs-transcript' | 'failed' | 'done'
}

/**
 * What a run does next. Pure: from the flow, the steps there are and the number of moments (null until it is known).
 * Naming the same steps again is harmless, so it may be asked at any time.
 */
export function whatIsNext(
  flow: readonly Rule[],
  { steps, momentCount, last }: { steps: readonly StepState[]; momentCount: number | null; last: StepKind },
): Next {
  const perMoment = kindsPerMoment(flow)
  const known = new Map(steps.map((step) => [keyOf(step), step.status]))
  const next: Next = { begin: [], skip: [], outcome: outcomeOf(steps, perMoment, last) }
  if (next.outcome !== 'working') return next

  const consider = (list: Next['begin'], kind: StepKind, subject: number): void => {
    const key = keyOf({ kind, subject })
    if (known.has(key)) return
    known.set(key, list === next.skip ? 'skipped' : 'queued')
    list.push({ kind, subject })
  }
  for (const rule of flow) {
    if (rule.join === 'one') followEach(rule)
    else if (isJoined(rule)) for (const child of rule.children) consider(next.begin, child, 0)
  }
  const isBusy = [...known.values()].some((status) => status === 'queued' || status === 'working')
  if (!isBusy && steps.some(({ status }) => status === 'needs-transcript')) next.outcome = 'needs-transcript'
  return next

  function followEach(rule: Rule): void {
    for (const [key, status] of [...known]) {
      const { kind, subject } = parseKey(key)
      if (!rule.parents.includes(kind) || !isFinal(status)) continue
      const list = status === 'done' ? next.begin : next.skip
      const subjects = rule.each === 'moment' ? ranks(momentCount ?? 0) : [subject]
      for (const child of rule.children) for (const each of subjects) consider(list, child, each)
    }
  }

  function isJoined({ parents, evenIfSomeFailed }: Rule): boolean {
    return parents.every((kind) => {
      if (perMoment.has(kind) && momentCount === null) return false
      const subjects = perMoment.has(kind) ? ranks(momentCount ?? 0) : [0]
      return subjects.every((subject) => {
        const status = known.get(keyOf({ kind, subject }))
        return status === 'done' || (evenIfSomeFailed && status !== undefined && isFinal(status))
      })
    })
  }
}

function outcomeOf(steps: readonly StepState[], perMoment: Set<StepKind>, last: StepKind): Next['outcome'] {
  if (steps.some(({ kind, status }) => !perMoment.has(kind) && (status === 'failed' || status === 'skipped')))
    return 'failed'
  return steps.some(({ kind, status }) => kind === last && status === 'done') ? 'done' : 'working'
}

function ranks(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

function keyOf({ kind, subject }: { kind: StepKind; subject: number }): string {
  return `${kind}:${subject}`
}

function parseKey(key: string): { kind: StepKind; subject: number } {
  const [kind, subject] = key.split(':')
  return { kind: kind as StepKind, subject: Number(subject) }
}
