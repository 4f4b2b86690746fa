import type { Estimate } from '../../src/evaluation/bootstrap.ts'

const shown = ['lift@5', 'P@5', 'R@5', 'HIT@1', 'mAP']

export function printHeading(title: string): void {
  console.log(`\n### ${title}\n| | ${shown.join(' | ')} |\n|---|${'---|'.repeat(shown.length)}`)
}

export function printRow(name: string, measures: Record<string, Estimate>): void {
  console.log(`| ${name} | ${shown.map((measure) => inWords(measures[measure])).join(' | ')} |`)
}

function inWords(estimate: Estimate | undefined): string {
  if (estimate === undefined) return '–'
  const [mean, low, high] = [estimate.mean, estimate.low, estimate.high].map((value) =>
    value.toFixed(3).replace(/^(-?)0\./, '$1.'),
  )
  return `${mean} [${low}, ${high}]`
}
