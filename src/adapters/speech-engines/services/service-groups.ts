import { contentHash } from '../../../pipeline/content-hash.ts'
import type { ServiceSetup } from './service-setup.ts'
import type { Rung } from './services-of.ts'

/** Models that take the same windows, in order: one can go on where another stopped. */
export type ServiceGroup = [ServiceSetup, ...ServiceSetup[]]

/**
 * The rungs as they are climbed: `local`, or services that follow each other and take the same windows. What a service has beside its first model comes
 * last of all services: it is there for the day the first one is gone, and tells times less finely.
 */
export function groupRungs(
  rungs: readonly Rung[],
  setupsOf: (service: Exclude<Rung, 'local'>) => readonly ServiceSetup[],
): ('local' | ServiceGroup)[] {
  const firsts = rungs.flatMap((rung): ('local' | ServiceSetup)[] =>
    rung === 'local' ? ['local'] : setupsOf(rung).slice(0, 1),
  )
  const spares = rungs.flatMap((rung) => (rung === 'local' ? [] : setupsOf(rung).slice(1)))
  const lastService = firsts.findLastIndex((rung) => rung !== 'local')
  const groups: ('local' | ServiceGroup)[] = []
  for (const rung of firsts.toSpliced(lastService + 1, 0, ...spares)) {
    const before = groups.at(-1)
    if (rung === 'local' || before === undefined || before === 'local') groups.push(rung === 'local' ? rung : [rung])
    else if (contentHash(before[0].form) === contentHash(rung.form)) before.push(rung)
    else groups.push([rung])
  }
  return groups
}
