import Table from 'cli-table3'
import type { EvaluationTable } from '../evaluation/evaluation-tables.ts'
import type { Paint } from './create-paint.ts'
import { sanitiseTerminal } from './sanitise-terminal.ts'

/** The tables of an evaluation for a terminal, and how to read them. */
export function evaluationText(tables: readonly EvaluationTable[], paint: Paint): string {
  if (tables.length === 0) return 'There is nothing to find in these recordings: none has labels that count.\n'
  const drawn = tables.map(({ title, head, rows }) => {
    const table = new Table({
      head: head.map((name) => paint.bold(name)),
      style: { head: [], border: [], compact: true },
      colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
    })
    table.push(...rows.map((cells) => cells.map(sanitiseTerminal)))
    return `${paint.bold(sanitiseTerminal(title))}\n${table.toString()}\n`
  })
  return `${drawn.join('\n')}
In brackets: 95 % intervals over recordings; a difference is real when its interval leaves out 0.
lift@5 = labelled time in the best five clips ÷ in random ones. Pk and WinDiff: less is better.
`
}
