import { ruleNames } from './baselines.ts'
import type { TaskResult } from './evaluate-set.ts'
import { shownMeasures } from './evaluation-tables.ts'

// Pixels.
const layout = { width: 860, name: 190, row: 22, head: 54, gap: 26, margin: 24 }

/**
 * A picture of the first measure of each task: one line a method, a dot for the mean and a bar for the 95 % interval. A self-contained SVG that
 * reads on light and dark ground.
 */
export function evaluationPlot(results: readonly TaskResult[]): string {
  let y = layout.margin
  const panels = results.map((result) => {
    const drawn = panel(result, y)
    y += layout.head + result.methods.length * layout.row + layout.gap
    return drawn
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${layout.width} ${y}" font-family="system-ui, sans-serif" font-size="13">`,
    '<style>text{fill:#222}.quiet{fill:#667}.ours{fill:#2563eb;stroke:#2563eb}.rule{fill:#889;stroke:#889}line.axis{stroke:#bbc}',
    '@media (prefers-color-scheme:dark){svg{background:#14161a}text{fill:#eee}.quiet{fill:#9aa}line.axis{stroke:#445}}</style>',
    ...panels,
    '</svg>',
    '',
  ].join('\n')
}

function panel({ set, task, methods }: TaskResult, top: number): string {
  const [measure = ''] = shownMeasures[task]
  const most = Math.max(1e-9, ...methods.map(({ measures }) => measures[measure]?.high ?? 0))
  const room = layout.width - layout.name - 2 * layout.margin - 60
  const x = (value: number) => round(layout.margin + layout.name + (Math.max(0, value) / most) * room)
  const lines = methods.map(({ name, measures }, i) => {
    const y = top + layout.head + i * layout.row
    const { mean = 0, low = 0, high = 0 } = measures[measure] ?? {}
    const kind = ruleNames.has(name) || name === 'chance' ? 'rule' : 'ours'
    return [
      `<text x="${layout.margin}" y="${y + 4}">${escaped(name)}</text>`,
      `<line class="axis" x1="${x(0)}" x2="${x(most)}" y1="${y}" y2="${y}"/>`,
      `<line class="${kind}" x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}" stroke-width="3"/>`,
      `<circle class="${kind}" cx="${x(mean)}" cy="${y}" r="5"/>`,
      `<text class="quiet" x="${x(most) + 12}" y="${y + 4}">${mean.toFixed(most >= 1.5 ? 1 : 3)}</text>`,
    ].join('')
  })
  const title = `<text x="${layout.margin}" y="${top + 14}" font-weight="600">${escaped(set)} · ${task} · ${escaped(measure)}</text>`
  return [title, ...lines].join('\n')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
