import type { Known } from '../../src/pipeline/detect/known.ts'
import type { RankingModel } from '../../src/pipeline/detect/ranking-model.ts'
import type { WordWeights } from '../../src/pipeline/detect/word-scores.ts'
import type { Captured } from './capture.ts'
import { fitColumns, states } from './fit-columns.ts'
import { fitWords, type SentenceEnds, type SignNumbers } from './fit-words.ts'
import { foldsOf } from './folds.ts'

export interface Sample extends Captured {
  ends: SentenceEnds
}

/** A model without its papers: those are written when it ships. */
export type BareModel = Pick<RankingModel, 'words' | 'weights'>

const laughter = ['before', 'lead', 'core', 'close', 'near', 'after', 'later', 'most'].map((over) => `laughter ${over}`)
const viralColumns = [
  ...laughter,
  'turns near',
  'turns after',
  'shortTurns near',
  'voices',
  'sentences near',
  'words near',
  'rarity near',
  'humour near',
  'reactions near',
  'reactions after',
  'addresses near',
  'housekeeping before',
  'own exchange',
  'own bursts',
]
// Thirty-four passages teach no more than a few weights.
const highlightsColumns = ['laughter near', 'turns near', 'rarity near', 'takes before', 'takes lead']

interface TrainInput {
  samples: readonly Sample[]
  numbers: SignNumbers
  /** Which states of knowledge to learn for; all of them unless told otherwise. */
  needs?: readonly (readonly (keyof Known)[])[]
}

/**
 * Learns from reactions: words first, then what to make of them. What the second step sees of the first was learnt from other recordings
 * (four parts, each seen through words from the other three), so that it trusts words no more than they deserve.
 */
export function trainOnReactions({ samples, numbers, needs = states }: TrainInput): BareModel {
  const parts = foldsOf(
    samples.map(({ labelled }) => labelled.id),
    4,
  )
  const partOf = ({ labelled }: Sample) => parts.get(labelled.id) ?? 0
  const wordsWithout = [0, 1, 2, 3].map((part) =>
    fitWords(
      samples.filter((sample) => partOf(sample) !== part).map(({ ends }) => ends),
      numbers,
    ),
  )
  const recordings = samples.flatMap((captured) => {
    const words = wordsWithout[partOf(captured)]
    return words === undefined ? [] : [{ captured, words }]
  })
  return {
    words: fitWords(
      samples.map(({ ends }) => ends),
      numbers,
    ),
    weights: needs.map((each) => fitColumns({ recordings, names: viralColumns, needs: each, lambda: 300 })),
  }
}

/** Learns from what people replayed, with words learnt from reactions in other recordings. */
export function trainOnPicks(samples: readonly Captured[], words: WordWeights): BareModel {
  const recordings = samples.map((captured) => ({ captured, words }))
  return {
    words,
    weights: states.map((needs) => fitColumns({ recordings, names: highlightsColumns, needs, lambda: 30 })),
  }
}
