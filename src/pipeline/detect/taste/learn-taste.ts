import { featureNames } from '../features/features.ts'
import { type Case, fitLogistic, logLikelihood } from './fit-logistic.ts'
import { judgedMoments } from './judged-moments.ts'
import { type Leaning, noTaste, type Taste, type VerdictGiven } from './taste.ts'
import { type WeighedVerdict, weighVerdicts } from './weigh-verdicts.ts'

// Two of each are the least that can tell a liking from a whim. With fewer recordings the check below is itself left to chance.
const least = { judged: 10, ofEach: 2, recordings: 8 }
// Log-odds a standard deviation. A quarter: twenty verdicts move a weight about half of the way to what they say.
const prior = 0.25
// Nobody's taste: silence, half sentences and words from the sponsor stay faults however often such a clip was kept.
const craft: ReadonlySet<string> = new Set(['completeness', 'dangling', 'deadAir', 'housekeeping'])
// Features are stored so that an eighth is a standard deviation within the recording.
const perDeviation = 8
// Of a recording's five parts, four teach and one checks.
const parts = 5
// Weaker leanings than this (log-odds a deviation) move nothing that anybody would notice.
const faintest = 0.02

/**
 * What people's verdicts, oldest first, say of what they like in the features of moments: a Bayesian logistic regression with a strong prior
 * at "nothing", so that few verdicts say little and none say nothing. What is learned must also foretell verdicts on recordings it was not
 * learned from; as far as it doesn't (somebody who clicks at random), it is not believed. Pure and deterministic: the same verdicts give
 * the same taste.
 */
export function learnTaste(verdicts: readonly VerdictGiven[]): Taste {
  const judged = weighVerdicts(judgedMoments(verdicts))
  if (!isEnough(judged)) return { ...noTaste, judged: judged.length }
  const names = featureNames
    .filter((name) => !craft.has(name))
    .filter((name) => judged.filter(({ features }) => isMeasured(features[name])).length > judged.length / 2)
    .toSorted()
  const means = names.map((name) => meanOf(judged, name))
  const cases = judged.map((verdict) => ({ ...verdict, row: rowOf(verdict, names, means) }))
  const trust = trustIn(cases)
  const { weights } = fitLogistic(cases, { prior })
  const leanings = names.flatMap((feature, i): Leaning[] => {
    const weight = round((weights[i] ?? 0) * trust)
    const from = round(means[i] ?? 0)
    return Math.abs(weight) < faintest
      ? []
      : [{ feature, weight, from, ...countAlike(judged, { feature, weight, from }) }]
  })
  return { leanings, judged: judged.length }
}

function isEnough(judged: readonly WeighedVerdict[]): boolean {
  const liked = judged.filter((verdict) => verdict.liked).length
  return (
    judged.length >= least.judged &&
    Math.min(liked, judged.length - liked) >= least.ofEach &&
    new Set(judged.map(({ recording }) => recording)).size >= least.recordings
  )
}

function isMeasured(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value)
}

function meanOf(judged: readonly WeighedVerdict[], name: string): number {
  const values = judged.map(({ features }) => features[name]).filter(isMeasured)
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

/** Deviations from the mean of what was judged; what was not measured counts as the mean. */
function rowOf({ features }: WeighedVerdict, names: readonly string[], means: readonly number[]): number[] {
  return names.map((name, i) => {
    const value = features[name]
    return isMeasured(value) ? perDeviation * (Math.min(1, Math.max(0, value)) - (means[i] ?? 0)) : 0
  })
}

/**
 * How far the verdicts can be foretold from those on other recordings, better than by how often things are liked at all: 0 not at all, 1
 * so well that chance is no explanation (the gain in log-likelihood over its standard error, recordings being drawn).
 */
function trustIn(cases: readonly (Case & { recording: string })[]): number {
  const recordings = [...new Set(cases.map(({ recording }) => recording))].toSorted()
  const part = new Map(recordings.map((recording, i) => [recording, i % parts]))
  const gains = new Map<string, number>()
  for (let left = 0; left < Math.min(parts, recordings.length); left++) {
    const others = cases.filter(({ recording }) => part.get(recording) !== left)
    const taught = fitLogistic(others, { prior })
    const untaught = fitLogistic(
      others.map((each) => ({ ...each, row: [] })),
      { prior },
    )
    for (const each of cases.filter(({ recording }) => part.get(recording) === left)) {
      const gain = logLikelihood(taught, each) - logLikelihood(untaught, { ...each, row: [] })
      gains.set(each.recording, (gains.get(each.recording) ?? 0) + each.counts * gain)
    }
  }
  const sums = [...gains.values()]
  const mean = sums.reduce((sum, gain) => sum + gain, 0) / sums.length
  const variance = sums.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (sums.length - 1)
  const error = Math.sqrt(variance / sums.length)
  // Student's t at 97.5 %, near enough: 2 for many recordings, 2.5 for eight.
  const convincing = 2 + 3.5 / (sums.length - 1)
  const errors = mean / Math.max(1e-9, error)
  return Math.min(1, Math.max(0, (errors - worthATry) / (convincing - worthATry)))
}

// Standard errors. A gain this large comes about by chance one time in fifteen.
const worthATry = 1.5
// Half a deviation is where two moments begin to look unlike.
const clearly = 0.5 / perDeviation

function countAlike(
  judged: readonly WeighedVerdict[],
  { feature, weight, from }: Pick<Leaning, 'feature' | 'weight' | 'from'>,
) {
  const alike = judged.filter(({ features }) => {
    const value = features[feature]
    return isMeasured(value) && Math.sign(weight) * (value - from) >= clearly
  })
  return { alike: alike.length, alikeLiked: alike.filter(({ liked }) => liked).length }
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
