// Run after a change of the queue, the worker or what a step does in the database; about a minute (--rounds 3).

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { describeMachine } from './support/describe-machine.ts'
import { idlePipeline } from './support/idle-pipeline.ts'
import { rawQueue } from './support/raw-queue.ts'
import { median, percentile } from './support/statistics.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'

const options = benchOptions({ rounds: 3 })
await using folder = await benchFolder('engine', options.keep)
const data = join(folder.scratch, 'data')
await mkdir(data)
const runs = options.tiny ? 3 : 30
const moments = options.tiny ? 10 : 100
// As many steps at once as reframe has by default, so that each kind keeps the same number of hands busy.
const atOnce = 2

console.log(await describeMachine())
await using ours = await idlePipeline(data, { stepsAtOnce: atOnce })
await using raw = await rawQueue(ours.pipeline.database.pool)
await ours.stepToStep()
await raw.roundTrip()

await waitForQuiet(options.wait)
const latencies: { ours: number[]; raw: number[] } = { ours: [], raw: [] }
const [latencyRatios, rateRatios]: [number[], number[]] = [[], []]
for (let round = 1; round <= options.rounds; round++) {
  const [steps, trips]: [number[], number[]] = [[], []]
  for (let run = 0; run < runs; run++) {
    steps.push(...(await ours.stepToStep()))
    for (let trip = 0; trip < 6; trip++) trips.push(await raw.roundTrip())
  }
  latencies.ours.push(...steps)
  latencies.raw.push(...trips)
  latencyRatios.push(median(steps) / median(trips))

  const wide = await ours.wideRun(moments)
  const rate = wide.steps / wide.seconds
  const rawRate = wide.steps / (await raw.drain(wide.steps, atOnce))
  rateRatios.push(rate / rawRate)
  console.log(
    `round ${round}: step to step ${inMs(median(steps))} against ${inMs(median(trips))}; ` +
      `${rate.toFixed(0)} steps/s against ${rawRate.toFixed(0)} jobs/s, ${atOnce} at once`,
  )
}
console.log(
  `step to next step: p50 ${inMs(percentile(latencies.ours, 50))}, p95 ${inMs(percentile(latencies.ours, 95))}`,
)
console.log(`raw round trip: p50 ${inMs(percentile(latencies.raw, 50))}, p95 ${inMs(percentile(latencies.raw, 95))}`)
console.log(`ratio of medians ${median(latencyRatios).toFixed(2)} (target ≤ 2, p50 ≤ 20 ms)`)
console.log(`throughput ratio ${median(rateRatios).toFixed(2)} (target ≥ 0.8)`)

function inMs(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`
}
