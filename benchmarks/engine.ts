// Run after a change of the queue, the worker or what a step does in the database; about two minutes (--rounds 5).

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { describeMachine } from './support/describe-machine.ts'
import { type Carried, idlePipeline } from './support/idle-pipeline.ts'
import { rawQueue } from './support/raw-queue.ts'
import { median, percentile } from './support/statistics.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'

const options = benchOptions({ rounds: 5 })
await using folder = await benchFolder('engine', options.keep)
const data = join(folder.scratch, 'data')
await mkdir(data)

const chains = options.tiny ? 3 : 20
// Steps at once of each kind. Most of a run are two kinds, so two of each keep four hands busy, and as many raw loops are the rival. A server with work
// enough for everyone has more hands than the database can feed; more raw loops than 28 are no faster.
const readings = {
  'many runs at once': {
    loops: 28,
    carry: () => ours.manyRuns({ runs: options.tiny ? 4 : 30, moments: 8, atOnce: 14 }),
  },
  'one wide run': { loops: 4, carry: () => ours.wideRun({ moments: options.tiny ? 10 : 100, atOnce: 2 }) },
} as const

console.log(await describeMachine())
await using ours = await idlePipeline(data)
await using raw = await rawQueue(ours.pipeline.database.pool)
await ours.manyRuns({ runs: 4, moments: 8, atOnce: 14 })
await raw.drain(100, 28)

await waitForQuiet(options.wait)
const latencies: { ours: number[]; raw: number[] } = { ours: [], raw: [] }
const latencyRatios: number[] = []
const rateRatios = new Map(Object.keys(readings).map((name) => [name, [] as number[]]))
for (let round = 1; round <= options.rounds; round++) {
  await compareLatency()
  for (const [name, reading] of Object.entries(readings)) await compareRate(name, reading, round)
}
console.log(
  `step to next step: p50 ${inMs(percentile(latencies.ours, 50))}, p95 ${inMs(percentile(latencies.ours, 95))}`,
)
console.log(`raw round trip: p50 ${inMs(percentile(latencies.raw, 50))}, p95 ${inMs(percentile(latencies.raw, 95))}`)
console.log(`ratio of medians ${median(latencyRatios).toFixed(2)} (target ≤ 2, p50 ≤ 20 ms)`)
for (const [name, ratios] of rateRatios)
  console.log(`${name}: throughput ratio ${median(ratios).toFixed(2)} (target ≥ 0.8)`)

/** From a step's end to its follower's begin, against sending, fetching and completing one job. */
async function compareLatency(): Promise<void> {
  const [steps, trips]: [number[], number[]] = [[], []]
  for (let chain = 0; chain < chains; chain++) {
    steps.push(...(await ours.stepToStep()))
    for (let trip = 0; trip < 6; trip++) trips.push(await raw.roundTrip())
  }
  latencies.ours.push(...steps)
  latencies.raw.push(...trips)
  latencyRatios.push(median(steps) / median(trips))
  console.log(`step to step ${inMs(median(steps))} against ${inMs(median(trips))}`)
}

/** Steps a second against jobs a second of as many raw loops as we have hands; who goes first changes with the round. */
async function compareRate(
  name: string,
  { loops, carry }: { loops: number; carry: () => Promise<Carried> },
  round: number,
): Promise<void> {
  const drainFirst = round % 2 === 0
  const jobs = 600
  const before = drainFirst ? jobs / (await raw.drain(jobs, loops)) : null
  const { steps, seconds } = await carry()
  const rate = steps / seconds
  const rawRate = before ?? steps / (await raw.drain(steps, loops))
  const chained = steps / (await raw.chain(steps, loops))
  rateRatios.get(name)?.push(rate / rawRate)
  console.log(
    `round ${round}, ${name}: ${rate.toFixed(0)} steps/s against ${rawRate.toFixed(0)} jobs/s of ${loops} loops ` +
      `(${chained.toFixed(0)} where each job sends the next one)`,
  )
}

function inMs(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`
}
