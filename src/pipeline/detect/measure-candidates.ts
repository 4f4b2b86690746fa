import type { Candidate } from './candidates.ts'
import { type FeatureName, featureNames, features } from './features/features.ts'
import type { FeaturedCandidate } from './ranker.ts'
import type { RecordingFacts } from './recording-facts.ts'
import { spreadOf } from './spread-within.ts'

interface Measured {
  candidates: FeaturedCandidate[]
  /** Measures a span that is no candidate, on the same scale as these. */
  measure: (span: Candidate) => FeaturedCandidate
}

/** Measures all features on all candidates; those that compare are normalised over the candidates of this one recording. */
export function measureCandidates(candidates: readonly Candidate[], facts: RecordingFacts): Measured {
  const values: Partial<Record<FeatureName, number>>[] = candidates.map(() => ({}))
  const scales = new Map<FeatureName, (value: number | null) => number | null>()
  for (const name of featureNames) {
    const measured = candidates.map((candidate) => features[name].measure(candidate, facts))
    const scale = features[name].scale === 'compared' ? spreadOf(measured) : (value: number | null) => value
    scales.set(name, scale)
    for (const [i, value] of measured.entries()) {
      const normal = scale(value)
      if (normal !== null) Object.assign(values[i] ?? {}, { [name]: normal })
    }
  }
  return {
    candidates: candidates.map((candidate, i) => ({ ...candidate, features: values[i] ?? {} })),
    measure(span) {
      const found: Partial<Record<FeatureName, number>> = {}
      for (const [name, scale] of scales) {
        const value = scale(features[name].measure(span, facts))
        if (value !== null) found[name] = value
      }
      return { ...span, features: found }
    },
  }
}
