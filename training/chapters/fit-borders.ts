import { seededRandom } from '../../src/domain/seeded-random.ts'
import { borderF1 } from '../../src/evaluation/chapter-measures.ts'
import { type BoostedTrees, predict } from '../../src/pipeline/detect/boosted-trees.ts'
import type { ChapterModel } from '../../src/pipeline/detect/chapters/chapter-model.ts'
import {
  borderFeatures,
  borderRows,
  type Columns,
  measureApartFromCues,
} from '../../src/pipeline/detect/chapters/measure-borders.ts'
import { type Placing, rankBorders } from '../../src/pipeline/detect/chapters/place-borders.ts'
import type { RecordingFacts } from '../../src/pipeline/detect/recording-facts.ts'
import { fitBoostedTrees } from '../fit-boosted-trees.ts'
import { logistic } from '../objectives.ts'
import { fitCues, knownCueScores } from './fit-cues.ts'

/** One recording with the borders people set, as it is or as a transcript without speakers would have it. */
export interface BorderedRecording {
  /** Recordings of one group (with and without speakers) are never on both sides of a split. */
  group: number
  facts: RecordingFacts
  /** Seconds at which a chapter begins. */
  borders: number[]
}

export type LearntBorders = Pick<ChapterModel, 'cues' | 'trees' | 'gap' | 'threshold'>

const boosting = { trees: 80, depth: 3, learningRate: 0.08, lambda: 8, minLeaf: 8, rowShare: 0.7, featureShare: 0.4 }
const innerFolds = 3

/**
 * Learns where chapters begin. Everything that is stacked is out of fold: the trees see scores of cue words that were learnt from other
 * recordings, and gap and threshold are chosen on recordings that the trees they judge have not seen.
 */
export function fitBorders(
  recordings: readonly BorderedRecording[],
  options: Partial<typeof boosting> = {},
): LearntBorders {
  const rows = new Map<BorderedRecording, Float64Array[]>()
  for (let fold = 0; fold < innerFolds; fold++) {
    const cues = cuesOf(recordings.filter(({ group }) => group % innerFolds !== fold))
    for (const recording of recordings) {
      if (recording.group % innerFolds === fold) rows.set(recording, rowsOf(recording, cues))
    }
  }
  const fit = (part: readonly BorderedRecording[]) => fitTrees(part, rows, options)
  const unseen: { recording: BorderedRecording; weights: Float64Array }[] = []
  for (let fold = 0; fold < innerFolds; fold++) {
    const trees = fit(recordings.filter(({ group }) => group % innerFolds !== fold))
    for (const recording of recordings) {
      if (recording.group % innerFolds === fold)
        unseen.push({ recording, weights: weigh(trees, rows.get(recording) ?? []) })
    }
  }
  return { cues: cuesOf(recordings), trees: fit(recordings), ...bestPlacing(unseen) }
}

const measured = new WeakMap<RecordingFacts, Columns>()

function rowsOf({ facts }: BorderedRecording, cues: Readonly<Record<string, number>>): Float64Array[] {
  const columns = measured.get(facts) ?? measureApartFromCues(facts)
  measured.set(facts, columns)
  return borderRows(columns, knownCueScores(cues, facts.sentences))
}

function cuesOf(recordings: readonly BorderedRecording[]): Record<string, number> {
  return fitCues(
    recordings.map(({ facts, borders }) => ({ sentences: facts.sentences, begins: beginsAt(facts, borders) })),
  )
}

/** 1 for the sentence nearest to each border. */
function beginsAt({ sentences }: RecordingFacts, borders: readonly number[]): Float64Array {
  const begins = new Float64Array(sentences.length)
  for (const border of borders) {
    let best = -1
    for (const [i, { start }] of sentences.entries()) {
      if (best < 0 || Math.abs(start - border) < Math.abs((sentences[best]?.start ?? 0) - border)) best = i
    }
    if (best > 0) begins[best] = 1
  }
  return begins
}

function fitTrees(
  recordings: readonly BorderedRecording[],
  known: ReadonlyMap<BorderedRecording, Float64Array[]>,
  options: Partial<typeof boosting>,
): BoostedTrees {
  const random = seededRandom(17)
  const examples = recordings.flatMap((recording) => {
    const rows = known.get(recording) ?? []
    return recording.facts.sentences.flatMap(({ start }, i) => {
      const target = nearness(start, recording.borders)
      const row = rows[i]
      // Most sentences are no border, and a third of them shows that as well as all.
      if (row === undefined || (target === 0 && random() > farShare)) return []
      return [{ row, target, weight: target === 0 ? 1 / farShare : 1 }]
    })
  })
  const columns = borderFeatures.map((_, f) => Float64Array.from(examples, ({ row }) => row[f] ?? Number.NaN))
  const [targets, weights] = [examples.map(({ target }) => target), examples.map(({ weight }) => weight)]
  return fitBoostedTrees(columns, logistic(targets, weights), { ...boosting, ...options })
}

const farShare = 1 / 3

// A border placed a sentence too early or late is nearly right.
const nearlySeconds = 15

function nearness(start: number, borders: readonly number[]): number {
  const off = Math.min(
    Number.POSITIVE_INFINITY,
    ...borders.filter((border) => border > 20).map((border) => Math.abs(start - border)),
  )
  return Math.max(0, 1 - off / nearlySeconds)
}

function weigh(trees: BoostedTrees, rows: readonly Float64Array[]): Float64Array {
  return Float64Array.from(rows, (row) => 1 / (1 + Math.exp(-predict(trees, row))))
}

const gaps = [90, 120, 180, 240]
const thresholds = Array.from({ length: 24 }, (_, i) => Math.round(30 * 1.13 ** i) / 1000)

function bestPlacing(unseen: readonly { recording: BorderedRecording; weights: Float64Array }[]): Placing {
  let best = { gap: 120, threshold: 0.1, value: -1 }
  for (const gap of gaps) {
    const ranked = unseen.map(({ recording: { facts, borders }, weights }) => ({
      borders,
      duration: facts.duration,
      found: rankBorders(facts, weights, gap).map(({ sentence, amount }) => ({
        amount,
        start: facts.sentences[sentence]?.start ?? 0,
      })),
    }))
    for (const threshold of thresholds) {
      const scores = ranked.map(({ found, borders, duration }) =>
        borderF1({
          predicted: found.filter(({ amount }) => amount >= threshold).map(({ start }) => start),
          labels: borders,
          duration,
        }),
      )
      const value = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length)
      if (value > best.value) best = { gap, threshold, value }
    }
  }
  return { gap: best.gap, threshold: best.threshold }
}
