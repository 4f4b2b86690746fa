// Run after a change of the queue, the worker or what a step does in the database; about three minutes (--rounds 3).
// One, two, four and eight worker processes on one PostgreSQL, with steps that only wait: what the engine itself makes of more hands.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { loadSettings } from '../src/config/load-settings.ts'
import { openDatabase } from '../src/database/pool.ts'
import { pauseKind, resumeKind } from '../src/library/paused-kinds.store.ts'
import { findMediaTools } from '../src/media/find-media-tools.ts'
import { createLogger } from '../src/observability/logger.ts'
import { openPipeline } from '../src/pipeline/open-pipeline.ts'
import { idleHandlers, someRunSettings } from '../test/support/compose-for-test.ts'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { describeMachine } from './support/describe-machine.ts'
import { median } from './support/statistics.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'

const options = benchOptions({ rounds: 3 })
const counts = [1, 2, 4, 8]
const runsEach = options.tiny ? 4 : 25
const moments = 2
const takesMs = 200
const program = fileURLToPath(new URL('support/waiting-worker.ts', import.meta.url))

console.log(await describeMachine())
await using folder = await benchFolder('workers', options.keep)
const dataFolder = folder.scratch
const logger = createLogger('error')
const settings = { ...loadSettings({}), MAX_QUEUE_SIZE: 10_000 }
const pipeline = await openPipeline({
  settings,
  dataFolder,
  logger,
  tools: await findMediaTools(settings),
  database: await openDatabase({ settings, dataFolder, logger }),
  handlers: idleHandlers,
})
const db = pipeline.database.kysely
await waitForQuiet(options.wait)

const rates = new Map<number, number[]>(counts.map((count) => [count, []]))
const delays = new Map<number, number[]>(counts.map((count) => [count, []]))
for (let round = 1; round <= options.rounds; round++) {
  // There and back, so that whatever changes with the time meets each of them alike.
  for (const count of round % 2 === 1 ? counts : counts.toReversed()) {
    const { stepsPerSecond, delaysMs } = await measure(count)
    rates.get(count)?.push(stepsPerSecond)
    delays.get(count)?.push(...delaysMs)
    const most = Math.max(...delaysMs).toFixed(1)
    console.log(
      `round ${round}: ${count} workers ${stepsPerSecond.toFixed(1)} steps/s, event loop p99 at most ${most} ms`,
    )
  }
}
await pipeline.close()

const one = median(rates.get(1) ?? [])
console.log('\n| workers | steps/s | of linear | event loop delay p99, median and most of all |\n|---|---|---|---|')
for (const count of counts) {
  const rate = median(rates.get(count) ?? [])
  const late = delays.get(count) ?? []
  const share = `${(rate / (count * one)).toFixed(2)} (target ≥ 0.90)`
  console.log(
    `| ${count} | ${rate.toFixed(1)} | ${share} | ${median(late).toFixed(1)}, ${Math.max(...late).toFixed(1)} ms |`,
  )
}

/** Steps a second of so many workers, from the first step begun to the last one ended. */
async function measure(count: number): Promise<{ stepsPerSecond: number; delaysMs: number[] }> {
  const workers = await Promise.all(Array.from({ length: count }, hire))
  // All is queued before anybody begins.
  await pauseKind(db, 'ingest', 'benchmark')
  await sleep(1500)
  for (let run = 0; run < count * runsEach; run++) await pipeline.beginRun(someRunSettings({ count: moments }))
  const before = await now()
  await resumeKind(db, 'ingest')
  while ((await unfinished()) > 0) await sleep(200)
  const { rows } = await sql<{ steps: number; seconds: number }>`
    select count(*)::int as steps, extract(epoch from max(finished_at) - min(started_at))::float8 as seconds
    from steps where started_at >= ${before}::timestamptz`.execute(db)
  const delaysMs = await Promise.all(workers.map((worker) => worker.end()))
  const [measured] = rows
  if (measured === undefined || measured.steps !== count * runsEach * (5 + 2 * moments))
    throw new Error(`not every step was done: ${measured?.steps}`)
  return { stepsPerSecond: measured.steps / measured.seconds, delaysMs }
}

async function unfinished(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from runs where status = 'working'`.execute(db)
  return rows[0]?.count ?? 0
}

async function now(): Promise<string> {
  const { rows } = await sql<{ now: string }>`select now()::text as now`.execute(db)
  return rows[0]?.now ?? ''
}

async function hire(): Promise<{ end: () => Promise<number> }> {
  const child: ChildProcess = spawn(process.execPath, [program, JSON.stringify({ dataFolder, takesMs, moments })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.stdout === null) throw new Error('it has nothing to say it with')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  await lines.next()
  return {
    async end() {
      child.kill('SIGTERM')
      const { value } = await lines.next()
      const { delayMs } = JSON.parse(String(value)) as { delayMs: number }
      if (child.exitCode === null) await once(child, 'exit')
      return delayMs
    },
  }
}
