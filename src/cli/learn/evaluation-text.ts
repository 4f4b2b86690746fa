import Table from 'cli-table3'
import stringWidth from 'string-width'
import type { EvaluationTable } from '../../evaluation/evaluation-tables.ts'
import type { Paint } from '../terminal/create-paint.ts'
import { sanitiseTerminal } from '../terminal/sanitise-terminal.ts'

/** The tables of an evaluation for a terminal of `width` columns, and how to read them. The last measures go where there is no room. */
export function evaluationText(
  tables: readonly EvaluationTable[],
  { paint, width }: { paint: Paint; width: number },
): string {
  if (tables.length === 0) return 'There is nothing to find in these recordings: none has labels that count.\n'
  const drawn = tables.map((whole) => {
    const { title, head, rows, notes } = fitting(whole, width)
    const table = new Table({
      head: head.map((name) => paint.bold(name)),
      style: { head: [], border: [], compact: true },
      colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')),
    })
    table.push(...rows.map((cells) => cells.map(sanitiseTerminal)))
    return `${paint.bold(sanitiseTerminal(title))}\n${table.toString()}\n${notes.map((note) => `${sanitiseTerminal(note)}\n`).join('')}`
  })
  return `${drawn.join('\n')}
In brackets: 95 % intervals over recordings; a difference is real when its interval leaves out 0.
lift@5 = labelled time in the best five clips ÷ in random ones. Pk and WinDiff: less is better.
`
}

/** Columns as many as fit, the first measure always. */
function fitting({ head, rows, ...rest }: EvaluationTable, width: number): EvaluationTable {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((cells) => stringWidth(cells[i] ?? ''))) + 3)
  let [columns, taken] = [0, 1]
  while (columns < head.length && (columns < 2 || taken + (widths[columns] ?? 0) <= width))
    taken += widths[columns++] ?? 0
  return { ...rest, head: head.slice(0, columns), rows: rows.map((cells) => cells.slice(0, columns)) }
}
