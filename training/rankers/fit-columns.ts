import type { Known } from '../../src/pipeline/detect/known.ts'
import { placeSignals } from '../../src/pipeline/detect/place-signals.ts'
import { columns } from '../../src/pipeline/detect/ranking-columns.ts'
import type { RankingModel } from '../../src/pipeline/detect/ranking-model.ts'
import { clipped } from '../../src/pipeline/detect/trained-ranker.ts'
import type { WordWeights } from '../../src/pipeline/detect/word-scores.ts'
import type { Captured } from './capture.ts'
import { fitRidge, type RidgeColumn } from './fit-ridge.ts'

/** The states of knowledge that a ranker has weights for, the most demanding first. */
export const states: readonly (readonly (keyof Known)[])[] = [['words', 'speakers'], ['words'], ['speakers'], []]

interface ColumnsInput {
  /** With weights for words that were not learnt from the recording itself. */
  recordings: readonly { captured: Captured; words: WordWeights }[]
  names: readonly string[]
  needs: readonly (keyof Known)[]
  lambda: number
}

// Neighbours share most of what they are made of.
const everyCandidate = 2

/** Log odds that a candidate matches a label, by column, within its recording: each recording has a base of its own. */
export function fitColumns({ recordings, names, needs, lambda }: ColumnsInput): RankingModel['weights'][number] {
  const known = { words: needs.includes('words'), speakers: needs.includes('speakers') }
  const used = columns.filter(({ name, needs: own }) => names.includes(name) && own.every((need) => known[need]))
  const usable = recordings.filter(({ captured: { facts } }) => facts.hasSpeakers || !known.speakers)
  const values: number[][] = used.map(() => [])
  const targets: number[] = []
  const own: number[][] = usable.map(() => [])
  for (const [r, { captured, words }] of usable.entries()) {
    const { facts, candidates, labelled } = captured
    const signals = placeSignals(facts, known, words)
    for (let i = 0; i < candidates.length; i += everyCandidate) {
      const candidate = candidates[i]
      if (candidate === undefined) continue
      const place = { candidate, facts, signals }
      for (const [c, { value }] of used.entries()) values[c]?.push(clipped(value(place)))
      own[r]?.push(targets.length)
      targets.push(matches((candidate.start + candidate.end) / 2, labelled.labels) ? 1 : 0)
    }
  }
  const scales = values.map((list) => Math.sqrt(list.reduce((sum, value) => sum + value ** 2, 0) / list.length) || 1)
  const measured: RidgeColumn[] = values.map((list, c) => ({
    values: Float64Array.from(list, (value) => value / (scales[c] ?? 1)),
  }))
  const bases: RidgeColumn[] = own.map((rows) => ({ rows: Int32Array.from(rows) }))
  const { weights } = fitRidge({
    columns: [...measured, ...bases],
    targets,
    lambda: [...measured.map(() => lambda), ...bases.map(() => 0.1)],
    passes: 8,
  })
  const rounded = (weight: number) => Math.round(weight * 1e4) / 1e4
  return {
    needs: [...needs],
    columns: Object.fromEntries(used.map(({ name }, c) => [name, rounded((weights[c] ?? 0) / (scales[c] ?? 1))])),
  }
}

/** Whether half a minute around a time shares at least half of the shorter with a label. */
function matches(middle: number, labels: readonly { start: number; end: number }[]): boolean {
  return labels.some(({ start, end }) => {
    const shared = Math.min(middle + 15, end) - Math.max(middle - 15, start)
    return shared >= 0.5 * Math.min(30, end - start)
  })
}
