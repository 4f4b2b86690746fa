import { ruleNames } from './baselines.ts'
import type { Estimate } from './bootstrap.ts'
import type { Task, TaskResult } from './evaluate-set.ts'

/** The measures worth a column, the first to look at first. The document has all of them. */
export const shownMeasures: Record<Task, readonly string[]> = {
  clips: ['lift@5', 'P@5', 'R@5', 'HIT@1', 'R1@.5', 'mAP'],
  query: ['R1@.5', 'any5@.5', 'R@5', 'HIT@1', 'lift@5'],
  chapters: ['F1@30s', 'F1@60s', 'Pk', 'WinDiff'],
}

const titles: Record<Task, string> = { clips: 'clips', query: 'answers to questions', chapters: 'chapters' }

export interface EvaluationTable {
  title: string
  head: string[]
  rows: string[][]
  /** Sentences below it. */
  notes: string[]
}

/** One table a task: methods, then what the first has over the other versions and over the best of the rules. */
export function evaluationTable({
  set,
  task,
  units,
  recordings,
  methods,
  borders,
  differences,
}: TaskResult): EvaluationTable {
  const shown = shownMeasures[task]
  const first = methods[0]?.name ?? ''
  const row = (name: string, measures: Record<string, Estimate>) => [
    name,
    ...shown.map((measure) => inWords(measures[measure])),
  ]
  const [main = ''] = shown
  const best = methods
    .filter(({ name }) => ruleNames.has(name))
    .toSorted((a, b) => (b.measures[main]?.mean ?? 0) - (a.measures[main]?.mean ?? 0))[0]
  const worthwhile = differences.filter(
    ({ than }) => than === best?.name || !(ruleNames.has(than) || than === 'chance'),
  )
  return {
    title: `${set}, ${titles[task]}: ${units} to find in ${recordings} recordings`,
    head: ['', ...shown],
    rows: [
      ...methods.map(({ name, measures }) => row(name, measures)),
      ...worthwhile.map(({ than, measures }) => row(`${first} − ${than}`, measures)),
    ],
    notes: borders.map(sayBorders),
  }
}

function sayBorders({ name, counts }: TaskResult['borders'][number]): string {
  const share = (count: number) => `${((100 * count) / Math.max(1, counts.clips)).toFixed(1)} %`
  const { opensInside, closesInside, deadAir, answersAlone, leans } = counts
  return (
    `${name}: of ${counts.clips} clips ${share(opensInside)} open and ${share(closesInside)} close inside a sentence, ${share(deadAir)} have more than ` +
    `0.3 s of silence at an end, ${share(answersAlone)} answer without the question, ${share(leans)} lean on what came before.`
  )
}

export function asMarkdown({ title, head, rows, notes }: EvaluationTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    `### ${title}`,
    '',
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    '',
    ...notes.flatMap((note) => [note, '']),
  ].join('\n')
}

/** `.332 [.286, .382]`: the mean with its 95 % interval. */
function inWords(estimate: Estimate | undefined): string {
  if (estimate === undefined) return '–'
  const digits = Math.max(Math.abs(estimate.low), Math.abs(estimate.high)) >= 1.5 ? 1 : 3
  const [mean, low, high] = [estimate.mean, estimate.low, estimate.high].map((value) => short(value.toFixed(digits)))
  return `${mean} [${low}, ${high}]`
}

/** `0.332` as `.332`, `-0.000` as `.000`. */
function short(number: string): string {
  return number.replace(/^(-?)0\./, '$1.').replace(/^-(\.0+)$/, '$1')
}
