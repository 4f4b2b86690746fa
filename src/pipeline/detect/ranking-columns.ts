import type { FeatureName } from './features/features.ts'
import type { Known } from './known.ts'
import { between, type PlaceSignals, type SignalName, takesAskedFor } from './place-signals.ts'
import type { FeaturedCandidate } from './ranker.ts'
import type { RecordingFacts } from './recording-facts.ts'

/** One number that a trained model may weigh, and what it is to a person. */
interface Column {
  name: string
  feature: FeatureName
  /** What must be known for it. */
  needs: readonly (keyof Known)[]
  value: (place: Place) => number
  /** Why in words, where the feature itself would point at something else. */
  say?: (place: Place) => string | null
}

export interface Place {
  candidate: FeaturedCandidate
  facts: RecordingFacts
  signals: PlaceSignals
}

/**
 * Stretches around the middle of a candidate, in seconds. People laugh where clips end rather than where they begin, and labels are off
 * by seconds, so that a place says more than borders do.
 */
const stretches = {
  before: [-60, -15],
  lead: [-15, -5],
  core: [-5, 5],
  close: [5, 15],
  near: [-15, 15],
  after: [15, 30],
  later: [30, 60],
} as const
type StretchName = keyof typeof stretches

/** Everything that trained models may weigh. A model names the columns it was trained on: never give a name another meaning. */
export const columns: readonly Column[] = [
  ...(Object.keys(stretches) as StretchName[]).map((stretch) => over('laughter', stretch, 'wording')),
  {
    name: 'laughter most',
    feature: 'wording',
    needs: [],
    value: ({ candidate, signals }) => {
      const middle = middleOf(candidate)
      return greatest(signals.laughter, signals.indexAt(middle - 5), signals.indexAt(middle + 15))
    },
  },
  over('turns', 'near', 'exchange', ['speakers']),
  over('sentences', 'near', 'bursts'),
  over('words', 'near', 'pace'),
  over('rarity', 'near', 'novelty'),
  over('humour', 'near', 'humour', ['words']),
  over('reactions', 'near', 'reaction', ['words']),
  over('reactions', 'after', 'reaction', ['words']),
  over('addresses', 'near', 'address', ['words', 'speakers']),
  over('housekeeping', 'before', 'housekeeping', ['words']),
  over('shortTurns', 'near', 'exchange', ['speakers']),
  over('turns', 'after', 'reaction', ['speakers']),
  { name: 'voices', feature: 'exchange', needs: ['speakers'], value: voices },
  { ...over('takes', 'before', 'hook', ['words']), say: takesNearby },
  { ...over('takes', 'lead', 'hook', ['words']), say: takesNearby },
  own('exchange', ['speakers']),
  own('bursts'),
]

function over(
  signal: SignalName,
  stretch: StretchName,
  feature: FeatureName,
  needs: readonly (keyof Known)[] = [],
): Column {
  const [from, to] = stretches[stretch]
  return {
    name: `${signal} ${stretch}`,
    feature,
    needs,
    value: ({ candidate, facts: { duration }, signals: { sums, indexAt } }) => {
      const middle = middleOf(candidate)
      const [start, end] = [Math.max(0, middle + from), Math.min(duration, middle + to)]
      const usual = ((sums[signal].at(-1) ?? 0) / duration) * Math.max(0, end - start)
      // In the measure in which chance varies, the root of what is to be expected; the half keeps rare things from counting without limit.
      return (between(sums[signal], indexAt(middle + from), indexAt(middle + to)) - usual) / Math.sqrt(usual + 0.5)
    },
  }
}

/** What was measured on the candidate itself, in standard deviations over the recording's mean. */
function own(feature: FeatureName, needs: readonly (keyof Known)[] = []): Column {
  return {
    name: `own ${feature}`,
    feature,
    needs,
    value: ({ candidate }) => 8 * ((candidate.features[feature] ?? 0.5) - 0.5),
  }
}

function middleOf({ start, end }: FeaturedCandidate): number {
  return (start + end) / 2
}

/** Different speakers in the half minute. */
function voices({ candidate, facts: { sentences }, signals }: Place): number {
  const [from, to] = [-15, 15].map((offset) => signals.indexAt(middleOf(candidate) + offset))
  const found = new Set<string | null>()
  for (let i = Math.floor(from ?? 0); i < (to ?? 0); i++) found.add(sentences[i]?.speaker ?? null)
  return found.size
}

/** What was asked for in the minute up to the middle. */
function takesNearby({ candidate, facts: { sentences }, signals }: Place): string | null {
  const [from, to] = [-60, -5].map((offset) => signals.indexAt(middleOf(candidate) + offset))
  for (let i = Math.ceil(to ?? 0) - 1; i >= Math.floor(from ?? 0); i--) {
    const sentence = sentences[i]
    const asked = sentence === undefined ? null : takesAskedFor(sentence)
    if (asked !== null) return `Near “${asked}”, where people say what they would not elsewhere`
  }
  return null
}

function greatest(values: Float64Array, from: number, to: number): number {
  let most = 0
  for (let i = Math.floor(from); i < to; i++) most = Math.max(most, values[i] ?? 0)
  return most
}
