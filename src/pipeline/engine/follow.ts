import type { StepKind } from '../../domain/run.ts'
import type { JobDefinition } from '../../queue/define-job.ts'

type Job = JobDefinition<StepKind>

/** One line of the flow. */
export interface Rule {
  parents: StepKind[]
  /** `one`: each parent step lets its own children begin; `all`: every parent step must have ended first. */
  join: 'one' | 'all'
  children: StepKind[]
  /** The child exists once for each moment. */
  each: 'moment' | null
  /** Parents that failed or were skipped count as ended. */
  evenIfSomeFailed: boolean
}

interface All {
  all: Job[]
}

/** Every step of these kinds. */
export function all(...jobs: Job[]): All {
  return { all: jobs }
}

/** Children begin after their parent, or after all of several. */
export function after(
  parent: Job | All,
  children: Job | Job[],
  { each = null, evenIfSomeFailed = false }: { each?: 'moment' | null; evenIfSomeFailed?: boolean } = {},
): Rule {
  const join = 'all' in parent ? 'all' : 'one'
  const parents = 'all' in parent ? parent.all : [parent]
  return {
    parents: parents.map(({ name }) => name),
    join,
    children: [children].flat().map(({ name }) => name),
    each,
    evenIfSomeFailed,
  }
}

/** The kinds that exist once for each moment: those behind an `each`, as far as the next join. */
export function kindsPerMoment(flow: readonly Rule[]): Set<StepKind> {
  const kinds = new Set<StepKind>()
  for (const rule of flow) {
    const perMoment = rule.each === 'moment' || (rule.join === 'one' && rule.parents.some((kind) => kinds.has(kind)))
    if (perMoment) for (const child of rule.children) kinds.add(child)
  }
  return kinds
}
