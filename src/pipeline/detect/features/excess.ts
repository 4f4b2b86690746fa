import { lengthOf } from '../../../domain/time-range.ts'
import type { Candidate } from '../candidates.ts'
import { type CountName, countIn, type RecordingFacts } from '../recording-facts.ts'
import { total } from './per-second.ts'

// Below this many seconds chance counts for more: it is the length of the shortest clips.
const chanceSeconds = 15

/**
 * How much more of something a span holds than so many seconds of the recording usually do, in the measure in which chance varies:
 * the root of the seconds. So a minute that is dense throughout beats the densest twelve seconds in it, and one dense
 * corner of a minute does not (the idea of scan statistics, Kulldorff 1997).
 */
export function excess(span: Candidate, facts: RecordingFacts, name: CountName): number {
  const whole = countIn(facts, name, { first: 0, last: facts.sentences.length - 1 })
  const usual = facts.duration > 0 ? (whole / facts.duration) * lengthOf(span) : 0
  return (total(span, facts, name) - usual) / Math.sqrt(lengthOf(span) + chanceSeconds)
}
