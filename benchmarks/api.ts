// Run after a change of a route, a query or an index: what the API does with 10,000 recordings and 1,000,000 segments. Five minutes, two more to make
// the library; `--keep FOLDER` keeps it for the next time.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { json } from 'node:stream/consumers'
import { sql } from 'kysely'
import { compose } from '../src/compose.ts'
import { loadSettings } from '../src/config/load-settings.ts'
import { openDatabase } from '../src/database/pool.ts'
import { buildApp } from '../src/http/build-app.ts'
import { pauseKind } from '../src/library/paused-kinds.store.ts'
import { createLogger } from '../src/observability/logger.ts'
import { someRunSettings } from '../test/support/compose-for-test.ts'
import type { ApiAnswers, ApiLoad } from './support/api-load.ts'
import { apiMixes, type Mix } from './support/api-requests.ts'
import { prepareData } from './support/bench-database.ts'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { type CapturedQuery, captureQueries, inWaves } from './support/capture-queries.ts'
import { describeMachine } from './support/describe-machine.ts'
import { seedLibrary } from './support/seed-library.ts'
import { type ServedLibrary, serveLibrary } from './support/served-library.ts'
import { median, percentile } from './support/statistics.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'
import { zipfSentences } from './support/zipf-sentences.ts'

const options = benchOptions({ rounds: 15 })
const size = options.tiny ? { recordings: 500, segments: 20_000 } : { recordings: 10_000, segments: 1_000_000 }
const [perSecond, seconds] = [100, options.tiny ? 4 : 30]
// Runs that are not done, of a kind nobody works on.
const waitingRuns = 60
const settings = { ...loadSettings({}), LANGUAGE_MODELS: 'off' }
const logger = createLogger('silent')
const captured = captureQueries()

console.log(await describeMachine())
await using folder = await benchFolder('api', options.keep)
const data = join(folder.media, `library-${size.recordings}-${size.segments}`)
await makeLibrary()
const { mixes, statements } = await lookAtRoutes()

await waitForQuiet(options.wait)
{
  await using served = await serveLibrary(data)
  console.log(`ready after ${served.secondsToReady.toFixed(2)} s (target ≤ 2 s)`)
  await warm(served)
  for (const mix of mixes) await measure(served, mix)
  await compare(served)
}

async function makeLibrary(): Promise<void> {
  await prepareData(data)
  const pipeline = await compose({ settings, dataFolder: data, logger })
  try {
    const { kysely } = pipeline.database
    if ((await kysely.selectFrom('recordings').select('id').limit(1).execute()).length > 0) return
    const startedAt = performance.now()
    await seedLibrary(kysely, size)
    await pauseKind(kysely, 'ingest', 'benchmark')
    for (let n = 0; n < waitingRuns; n += 1) await pipeline.beginRun(someRunSettings())
    await sql`vacuum (analyze)`.execute(kysely)
    console.log(`the library was made in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
  } finally {
    await pipeline.close()
  }
}

/** What is asked, and which statements each needs. */
async function lookAtRoutes(): Promise<{ mixes: Mix[]; statements: Map<string, CapturedQuery[][]> }> {
  const pipeline = await compose({ settings, dataFolder: data, logger })
  const app = await buildApp({ settings, pipeline, logger, version: '0.0.0' })
  try {
    const mixes = await apiMixes(pipeline.database.kysely, zipfSentences().terms)
    const statements = new Map<string, CapturedQuery[][]>()
    for (const { name, path, method = 'GET' } of mixes.flatMap(({ requests }) => requests)) {
      if (method !== 'GET' || statements.has(name)) continue
      captured.take()
      const answer = await app.inject({ url: path })
      if (answer.statusCode !== 200) throw new Error(`${path} was answered ${answer.statusCode}: ${answer.payload}`)
      statements.set(name, inWaves(captured.take()))
    }
    return { mixes, statements }
  } finally {
    await app.close()
    await pipeline.close()
  }
}

async function warm({ origin }: ServedLibrary): Promise<void> {
  for (const { requests } of mixes) await put({ origin, perSecond: 50, seconds: 2, requests })
}

async function measure(served: ServedLibrary, { name, most = 50, requests }: Mix): Promise<void> {
  await served.loopDelay()
  const before = served.cpu()
  const answers = await put({ origin: served.origin, perSecond, seconds, requests })
  const after = served.cpu()
  const each = (what: 'server' | 'database') => ((after[what] - before[what]) * 1000) / (perSecond * seconds)
  console.log(
    `\n${name}: ${perSecond} requests a second for ${seconds} s (target: p95 ≤ ${most} ms each, search ≤ 100 ms)`,
  )
  console.log(`  ${'all'.padEnd(28)} ${timesOf(Object.values(answers.times).flat())}`)
  for (const [route, times] of Object.entries(answers.times).sort(([a], [b]) => a.localeCompare(b))) {
    const limit = route.startsWith('search') ? 100 : most
    console.log(`  ${route.padEnd(28)} ${timesOf(times)}${percentile(times, 95) > limit ? '  MISSED' : ''}`)
  }
  for (const [why, count] of Object.entries(answers.failures)) console.log(`  FAILED ${why}: ${count} times`)
  console.log(
    `  a request: ${each('server').toFixed(1)} ms of a core in the server, ${each('database').toFixed(1)} ms in the database; ` +
      `event loop delay p99 ${((await served.loopDelay()) * 1000).toFixed(0)} ms since it was last asked`,
  )
}

async function put(load: ApiLoad): Promise<ApiAnswers> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support', 'api-load.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(load))
  return (await json(child.stdout)) as ApiAnswers
}

/** One after the other, over HTTP and the same statements on the bare connection, in turns. */
async function compare({ origin }: ServedLibrary): Promise<void> {
  const database = await openDatabase({ settings, dataFolder: data, logger })
  console.log(`\nmedian of ${options.rounds}, one at a time, ÷ the same statements bare on pg`)
  try {
    const paths = new Map(mixes.flatMap(({ requests }) => requests.map(({ name, path }) => [name, path] as const)))
    for (const [name, waves] of statements) {
      const [overHttp, bare]: [number[], number[]] = [[], []]
      for (let round = 0; round < options.rounds; round += 1) {
        overHttp.push(await timed(async () => (await fetch(`${origin}${paths.get(name)}`)).arrayBuffer()))
        bare.push(
          await timed(async () => {
            for (const wave of waves)
              await Promise.all(wave.map(({ text, values }) => database.pool.query(text, values)))
          }),
        )
      }
      const count = waves.flat().length
      const ratio =
        count === 0
          ? 'from memory'
          : `÷ ${median(bare).toFixed(1)} ms = ${(median(overHttp) / median(bare)).toFixed(2)}`
      console.log(`  ${name.padEnd(28)} ${median(overHttp).toFixed(1)} ms ${ratio} (${count} statements)`)
    }
  } finally {
    await database.close()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function timesOf(times: readonly number[]): string {
  const at = (percent: number) => `p${percent} ${percentile(times, percent).toFixed(1).padStart(6)}`
  return `${[50, 95, 99].map(at).join('  ')} ms  (${times.length})`
}
