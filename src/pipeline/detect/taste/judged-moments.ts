import { likingOf } from '../../../domain/feedback.ts'
import type { JudgedMoment, VerdictGiven } from './taste.ts'

/**
 * What people made of each moment, in the order of their last verdicts: of several verdicts on one moment the last one that says like or
 * dislike counts. A trim after a verdict does not soften it, and words change nothing.
 */
export function judgedMoments(verdicts: readonly VerdictGiven[]): JudgedMoment[] {
  const last = new Map<string, JudgedMoment>()
  const unsure = new Set<string>()
  for (const { recordingId, span, features, verdict, by } of verdicts) {
    const key = `${recordingId} ${span.start} ${span.end}`
    const said = likingOf(verdict)
    if (verdict.kind === 'comment') continue
    if (said === null) {
      // Three stars take back what was said before.
      unsure.add(key)
      last.delete(key)
      continue
    }
    if (verdict.kind === 'trim' && (unsure.has(key) || last.has(key))) continue
    // Set again, so that it takes its new place in the order.
    last.delete(key)
    unsure.delete(key)
    last.set(key, { recording: recordingId, by, features, liked: said.liking === 'like', weight: said.weight })
  }
  return [...last.values()]
}
