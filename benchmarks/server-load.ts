// Run after a change of the server, the worker or the queue; about five minutes (--rounds is not used). Linux only.
// A server and three workers on one PostgreSQL, forty short recordings with their transcripts, somebody asking the server twenty times a second, and
// a worker killed again and again.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { loadSettings } from '../src/config/load-settings.ts'
import { openDatabase } from '../src/database/pool.ts'
import { seededRandom } from '../src/domain/seeded-random.ts'
import { createLogger } from '../src/observability/logger.ts'
import { livingWorkers } from '../src/pipeline/workers/worker-presence.ts'
import { copiesOfRecording } from '../test/support/copies-of-recording.ts'
import { makeTalk } from '../test/support/make-talk.ts'
import { freePort } from '../test/support/serve-process.ts'
import { benchFolder } from './support/bench-folder.ts'
import { benchOptions } from './support/bench-options.ts'
import { describeMachine } from './support/describe-machine.ts'
import { median, percentile } from './support/statistics.ts'
import { waitForQuiet } from './support/wait-for-quiet.ts'

const options = benchOptions({ rounds: 1 })
const recordings = options.tiny ? 6 : 40
const asksPerSecond = 20
const killEveryMs = options.tiny ? 10_000 : 20_000
const asked = [
  '/api/v1/recordings',
  '/api/v1/runs',
  '/api/v1/admin/jobs',
  '/queue/stats',
  '/api/v1/search?text=podcasts',
  '/',
]
const entry = join(import.meta.dirname, '..', 'src', 'entry', 'cli.ts')

console.log(await describeMachine())
await using folder = await benchFolder('server-load', null)
const dataFolder = join(folder.scratch, 'data')
await mkdir(dataFolder)
await mkdir(folder.media, { recursive: true })
const talk = await makeTalk(folder.media)
const transcript = await readFile(talk.transcript, 'utf8')
const paths = await copiesOfRecording({ media: talk.media, transcript, count: recordings, folder: folder.media })
const port = await freePort()
const origin = `http://127.0.0.1:${port}`
await waitForQuiet(options.wait)

const server = start('serve', '--no-worker')
while (!(await fetch(`${origin}/health/ready`).catch(() => null))?.ok) await sleep(50)
const database = await openDatabase({ settings: loadSettings({}), dataFolder, logger: createLogger('error') })
const db = database.kysely
// The library was empty: the demo is not what is measured.
await sql`update runs set status = 'cancelled', finished_at = now() where status = 'working'`.execute(db)
const workers = [start('worker'), start('worker'), start('worker')]
while ((await livingWorkers(db)).length < 3) await sleep(100)

const times: number[] = []
const unanswered: string[] = []
const late: { server: number[]; workers: number[] } = { server: [], workers: [] }
const takeovers: number[] = []
const begun = performance.now()
for (const path of paths) {
  const body = JSON.stringify({ path, count: 1, minSeconds: 3, maxSeconds: 5, captions: 'pop', aspect: '9:16' })
  const answer = await fetch(`${origin}/api/v1/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  if (answer.status !== 202) throw new Error(`a run was refused: ${answer.status} ${await answer.text()}`)
}
const over = new AbortController()
const besides = [askAgainAndAgain(), lookAtDelays(), killAgainAndAgain()]
while ((await countOf('working')) > 0) await sleep(500)
const seconds = (performance.now() - begun) / 1000
over.abort()
await Promise.all(besides)
const [done, failed] = [await countOf('done'), await countOf('failed')]
await database.close()
await Promise.all([...workers, server].map((child) => end(child, 'SIGTERM')))

console.log(
  `${done} recordings in ${seconds.toFixed(0)} s: ${((done / seconds) * 3600).toFixed(0)} an hour (target ≥ 100)`,
)
console.log(`${failed} of ${recordings} failed (target < 1 %)`)
console.log(
  `${takeovers.length} workers killed; taken over after ${takeovers.map((s) => s.toFixed(1)).join(', ')} s (target ≤ 20 s)`,
)
console.log(
  `API, ${times.length} requests: p50 ${inMs(percentile(times, 50))}, p95 ${inMs(percentile(times, 95))} (target ≤ 100 ms), ${unanswered.length} without an answer${unanswered.length > 0 ? `: ${unanswered[0]}` : ''}`,
)
console.log(
  `event loop delay p99, server: median ${inMs(median(late.server))}, most ${inMs(Math.max(...late.server))} (target ≤ 50 ms)`,
)
console.log(
  `event loop delay p99, workers, each 3 s: median ${inMs(median(late.workers))}, most ${inMs(Math.max(...late.workers))}`,
)

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [entry, ...args, '--data', dataFolder], {
    stdio: ['ignore', 'ignore', 'ignore'],
    detached: true,
    env: {
      ...process.env,
      PORT: String(port),
      LANGUAGE_MODELS: 'off',
      RATE_LIMIT_PER_ADDRESS: '0',
      LOG_LEVEL: 'error',
    },
  })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = once(child, 'exit')
  process.kill(-child.pid, signal)
  await ended
}

/** From when each request was due: what waits for a slow one is slow, too. */
async function askAgainAndAgain(): Promise<void> {
  const from = performance.now()
  const underWay: Promise<void>[] = []
  for (let n = 0; !over.signal.aborted; n++) {
    const due = from + (n * 1000) / asksPerSecond
    await sleep(Math.max(0, due - performance.now()))
    const path = asked[n % asked.length] ?? '/'
    const answered = fetch(origin + path, { signal: AbortSignal.timeout(30_000) })
      .then(async (answer) => {
        await answer.arrayBuffer()
        times.push(performance.now() - due)
        if (!answer.ok) unanswered.push(`${path}: ${answer.status}`)
      })
      .catch((error: unknown) => void unanswered.push(`${path}: ${String(error)}`))
    underWay.push(answered)
  }
  await Promise.all(underWay)
}

async function lookAtDelays(): Promise<void> {
  while (!over.signal.aborted) {
    await sleep(3000, undefined, { signal: over.signal }).catch(() => undefined)
    const metrics = await (await fetch(`${origin}/metrics`)).text()
    const found = /^clipwright_nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(metrics)?.[1]
    if (found !== undefined) late.server.push(Number(found) * 1000)
    for (const { loopDelayMs } of await livingWorkers(db)) if (loopDelayMs !== null) late.workers.push(loopDelayMs)
  }
}

/** One at a time, and hires another when what it held is in other hands. */
async function killAgainAndAgain(): Promise<void> {
  const random = seededRandom(4)
  while (!over.signal.aborted) {
    await sleep(killEveryMs, undefined, { signal: over.signal }).catch(() => undefined)
    if (over.signal.aborted) return
    const at = Math.floor(random() * workers.length)
    const victim = workers[at]
    if (victim === undefined) continue
    const held = await heldBy(victim)
    const since = performance.now()
    await end(victim, 'SIGKILL')
    while (held.length > 0 && !over.signal.aborted && (await stillHeld(held))) await sleep(100)
    if (held.length > 0) takeovers.push((performance.now() - since) / 1000)
    workers.splice(at, 1, start('worker'))
  }
}

interface Held {
  id: string
  attempts: number
}

async function heldBy(worker: ChildProcess): Promise<Held[]> {
  const { rows } = await sql<Held & { pid: number }>`
    select id, attempts, (holder->>'pid')::int as pid from steps where status = 'working'`.execute(db)
  const inside: Held[] = []
  for (const { pid, ...held } of rows) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    // The process group, the third after the name in brackets (proc(5)).
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) === worker.pid) inside.push(held)
  }
  return inside
}

async function stillHeld(held: readonly Held[]): Promise<boolean> {
  const { rows } = await sql<Held & { status: string }>`
    select id, attempts, status from steps where id = any(${held.map(({ id }) => id)}::uuid[])`.execute(db)
  const isSame = ({ id, attempts, status }: Held & { status: string }) =>
    status === 'queued' || (status === 'working' && held.some((each) => each.id === id && each.attempts === attempts))
  return rows.some(isSame)
}

async function countOf(status: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from runs where status = ${status}`.execute(db)
  return rows[0]?.count ?? 0
}

function inMs(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`
}
