import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RankedMode } from '../../domain/moment.ts'
import { type FeatureName, features } from './features/features.ts'
import { handSetRanker } from './hand-set-ranker.ts'
import { type Known, knownOf } from './known.ts'
import { type PlaceSignals, placeSignals } from './place-signals.ts'
import type { Contribution, FeaturedCandidate, Ranker, RankingContext } from './ranker.ts'
import { columns } from './ranking-columns.ts'
import { type RankingModel, rankingModel } from './ranking-model.ts'

/**
 * A ranker with weights learnt from people's labels. It reads the words around a place as far as it knows their language, and otherwise
 * who speaks when and how briefly. What no labels teach (sound, picture, silence, length) it weighs as the hand-set ranker does,
 * and to that one it leaves the modes it has no weights for.
 */
export function rankerFrom(modelFor: (mode: RankedMode) => RankingModel | undefined): Ranker {
  const contributionsOf = (candidate: FeaturedCandidate, context: RankingContext): Contribution[] => {
    const model = modelFor(context.mode)
    if (model === undefined) return handSetRanker.contributions(candidate, context)
    return addedUp([...learnt(candidate, context, model), ...judged(candidate, context)])
  }
  return {
    detector: { rung: 'ranker', name: 'trained', version: '1' },
    score: (candidates, context) =>
      candidates.map((candidate) => contributionsOf(candidate, context).reduce((sum, { amount }) => sum + amount, 0)),
    contributions: (candidate, context) => {
      const model = modelFor(context.mode)
      const all = contributionsOf(candidate, context)
      return model === undefined ? all : all.map((one) => inItsWords(one, candidate, context, model))
    },
    chance: (score, { mode }) => {
      const model = modelFor(mode)
      return model === undefined ? null : chanceOf(model.chances, score)
    },
  }
}

const loaded = new Map<RankedMode, RankingModel | undefined>()
// Summary was tried: what was learnt from meetings did not beat the hand-set weights.
const trainedModes: readonly RankedMode[] = ['viral', 'highlights']

/** With the weights in `weights/`, read when they are first needed. */
export const trainedRanker: Ranker = rankerFrom((mode) => {
  if (!loaded.has(mode)) loaded.set(mode, trainedModes.includes(mode) ? readModel(mode) : undefined)
  return loaded.get(mode)
})

function readModel(mode: RankedMode): RankingModel {
  const path = join(import.meta.dirname, 'weights', `${mode}.json`)
  return rankingModel.parse(JSON.parse(readFileSync(path, 'utf8')))
}

interface Prepared {
  signals: PlaceSignals
  terms: { number: number; weight: number }[]
}

const prepared = new WeakMap<RankingContext['recording'], Map<RankingModel, Prepared>>()

/** The same for all candidates of a recording. */
function prepare({ recording }: RankingContext, model: RankingModel): Prepared {
  const ofRecording = prepared.get(recording) ?? new Map<RankingModel, Prepared>()
  prepared.set(recording, ofRecording)
  const ready = ofRecording.get(model)
  if (ready !== undefined) return ready
  const known = knownOf(recording)
  const fresh = { signals: placeSignals(recording, known, model.words), terms: termsOf(model, known) }
  ofRecording.set(model, fresh)
  return fresh
}

/** The columns that a model weighs with what is known. Throws a RangeError for a column that is not measured (any more). */
export function termsOf(model: RankingModel, known: Known): { number: number; weight: number }[] {
  const weights = model.weights.find(({ needs }) => needs.every((need) => known[need]))?.columns ?? {}
  return Object.entries(weights).map(([name, weight]) => {
    const number = columns.findIndex((column) => column.name === name)
    if (number < 0) throw new RangeError(`A trained ranker weighs “${name}”, which is not measured.`)
    return { number, weight }
  })
}

function learnt(candidate: FeaturedCandidate, context: RankingContext, model: RankingModel): Contribution[] {
  const { signals, terms } = prepare(context, model)
  const place = { candidate, facts: context.recording, signals }
  return terms.flatMap(({ number, weight }) => {
    const column = columns[number]
    return column === undefined ? [] : [{ feature: column.feature, amount: weight * clipped(column.value(place)) }]
  })
}

/** One for each feature, so that no reason is told twice. */
function addedUp(contributions: readonly Contribution[]): Contribution[] {
  const amounts = new Map<FeatureName, number>()
  for (const { feature, amount } of contributions) amounts.set(feature, (amounts.get(feature) ?? 0) + amount)
  return [...amounts].map(([feature, amount]) => ({ feature, amount }))
}

/** With the words of the column that brought it, where they say it better than the feature does. */
function inItsWords(
  contribution: Contribution,
  candidate: FeaturedCandidate,
  context: RankingContext,
  model: RankingModel,
): Contribution {
  const { signals, terms } = prepare(context, model)
  const place = { candidate, facts: context.recording, signals }
  for (const { number } of terms) {
    const column = columns[number]
    if (column?.say === undefined || column.feature !== contribution.feature || !(column.value(place) > 0)) continue
    return { ...contribution, said: column.say(place) }
  }
  return contribution
}

/** Far out, more says nothing more; training counts the same way. */
export function clipped(value: number): number {
  return Math.min(8, Math.max(-4, value))
}

/** What the labels say nothing of: they come as text, for places rather than borders. */
const unlabelled: ReadonlySet<FeatureName> = new Set([
  'loudness',
  'sceneActivity',
  'deadAir',
  'housekeeping',
  'usualLength',
  'completeness',
  'dangling',
])
// The hand-set ranker's scores vary about three times as much within a recording as learnt log odds do. Half a third is enough for borders, which
// are settled later; faults count for more, since nobody wants to see one.
const handSetShare = { for: 0.15, against: 0.5 }

function judged(candidate: FeaturedCandidate, context: RankingContext): Contribution[] {
  return handSetRanker
    .contributions(candidate, context)
    .filter(({ feature }) => unlabelled.has(feature))
    .map(({ feature, amount }) => ({ feature, amount: handSetShare[features[feature].speaks] * amount }))
}

/** Between the points of a line in order; level beyond its ends. */
function chanceOf(points: RankingModel['chances'], score: number): number | null {
  const after = points.findIndex(([at]) => at >= score)
  const [low, high] = [points[after - 1], after < 0 ? points.at(-1) : points[after]]
  if (high === undefined) return null
  if (low === undefined || after < 0) return high[1]
  const chance = low[1] + ((high[1] - low[1]) * (score - low[0])) / (high[0] - low[0])
  return Math.round(chance * 1e4) / 1e4
}
