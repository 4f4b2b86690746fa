import { parseArgs } from 'node:util'

export interface BenchOptions {
  /** A folder whose recordings are kept and used again; null: a temporary one that is removed. */
  keep: string | null
  /** Wait for a quiet machine before each measurement. */
  wait: boolean
  /** Small sizes, to try the benchmark itself: its numbers mean nothing. */
  tiny: boolean
  rounds: number
}

/** `--keep FOLDER`, `--no-wait`, `--tiny`, `--rounds N`: the same for every benchmark. */
export function benchOptions({ rounds }: { rounds: number }): BenchOptions {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      keep: { type: 'string' },
      wait: { type: 'boolean', default: true },
      tiny: { type: 'boolean', default: false },
      rounds: { type: 'string', default: String(rounds) },
    },
  })
  return { keep: values.keep ?? null, wait: values.wait, tiny: values.tiny, rounds: Math.max(1, Number(values.rounds)) }
}
