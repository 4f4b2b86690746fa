import type { Interval } from './scorer.ts'

const shown = ['lift@5', 'P@5', 'R@5', 'HIT@1', 'mAP']

export function printHeading(title: string): void {
  console.log(`\n### ${title}\n| | ${shown.join(' | ')} |\n|---|${'---|'.repeat(shown.length)}`)
}

export function printRow(name: string, measures: Record<string, Interval>): void {
  console.log(`| ${name} | ${shown.map((measure) => inWords(measures[measure])).join(' | ')} |`)
}

function inWords(interval: Interval | undefined): string {
  if (interval === undefined) return '–'
  const [mean, lo, hi] = [interval.mean, interval.lo, interval.hi].map((value) =>
    value.toFixed(3).replace(/^(-?)0\./, '$1.'),
  )
  return `${mean} [${lo}, ${hi}]`
}
