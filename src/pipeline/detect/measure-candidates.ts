import type { Candidate } from './candidates.ts'
import { featureNames, features } from './features/features.ts'
import type { FeaturedCandidate } from './ranker.ts'
import type { RecordingFacts } from './recording-facts.ts'
import { spreadWithin } from './spread-within.ts'

/** Measures all features on all candidates; those that compare are normalised over the candidates of this one recording. */
export function measureCandidates(candidates: readonly Candidate[], facts: RecordingFacts): FeaturedCandidate[] {
  const values: Record<string, number>[] = candidates.map(() => ({}))
  for (const name of featureNames) {
    const { measure, scale } = features[name]
    const measured = candidates.map((candidate) => measure(candidate, facts))
    const normal = scale === 'compared' ? spreadWithin(measured) : measured
    for (const [i, value] of normal.entries()) {
      if (value !== null) Object.assign(values[i] ?? {}, { [name]: value })
    }
  }
  return candidates.map((candidate, i) => ({ ...candidate, features: values[i] ?? {} }))
}
