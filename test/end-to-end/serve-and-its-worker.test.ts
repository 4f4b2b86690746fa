import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { getRun } from '../../src/library/runs.store.ts'
import { getWorkingSteps } from '../../src/library/steps.store.ts'
import { hasEnded, identify } from '../../src/observability/this-process.ts'
import { livingWorkers } from '../../src/pipeline/workers/worker-presence.ts'
import { Command, stopwatch } from '../support/command.ts'
import { composeForTest, someRunSettings, type TestClipwright } from '../support/compose-for-test.ts'
import { databaseUrlOf } from '../support/database-url.ts'
import { namesIn } from '../support/files-of.ts'
import { makeTalk, type Talk } from '../support/make-talk.ts'
import { processesWith } from '../support/processes.ts'
import { freePort } from '../support/serve-process.ts'
import { listening, wrapFfmpeg } from '../support/wrap-ffmpeg.ts'

// Real commands, real stages, one of their processes killed.

let folder: string
let talk: Talk
let clipwright: TestClipwright
let runId: string
let commands: Command[] = []
const patient = { timeout: 300_000, interval: 50 }

beforeAll(async () => {
  const made = await mkdtemp(join(tmpdir(), 'clipwright-talk-'))
  // Long enough that somebody can be caught at work on it.
  talk = await makeTalk(made, { repeated: 4 })
  return () => rm(made, { recursive: true, force: true })
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-serve-'))
  clipwright = await composeForTest()
  const run = { path: talk.media, transcriptPath: talk.transcript, out: join(folder, 'clips'), draft: true as const }
  const small = { count: 1, minSeconds: 3, maxSeconds: 5, aspect: '1:1' as const, captions: 'none' as const }
  runId = (await clipwright.beginRun(someRunSettings({ ...run, ...small }))).runId
})
afterEach(async () => {
  await Promise.all(commands.map((command) => command.destroy()))
  commands = []
  for (const { pid } of processesWith(folder)) process.kill(pid, 'SIGKILL')
  await clipwright.close()
  await rm(folder, { recursive: true, force: true })
})

async function begin(args: string[], env: Record<string, string> = {}): Promise<{ command: Command; url: string }> {
  const port = await freePort()
  const places = { DATABASE_URL: databaseUrlOf(clipwright.database), CLIPWRIGHT_DATA: join(folder, 'data') }
  const command = new Command(args, { env: { ...places, PORT: String(port), ...env } })
  commands.push(command)
  await command.says(args[0] === 'serve' ? 'Clipwright runs at' : 'Working on')
  return { command, url: `http://127.0.0.1:${port}` }
}

/** The process that works on a step now. */
async function atWork(): Promise<number> {
  return vi.waitFor(async () => {
    const [step] = await getWorkingSteps(clipwright.database.kysely)
    if (!step?.holder) throw new Error('nobody works')
    return step.holder.pid
  }, patient)
}

async function isDone(): Promise<void> {
  const { kysely: db } = clipwright.database
  await vi.waitFor(async () => expect((await getRun(db, runId)).status).not.toBe('working'), patient)
  expect(await getRun(db, runId)).toMatchObject({ status: 'done', error: null })
  const steps = await clipwright.stepsOf(runId)
  expect(steps.map(({ kind, status }) => `${kind} ${status}`).toSorted()).toEqual(
    ['analyze', 'conclude', 'cut', 'detect', 'ingest', 'reframe', 'transcribe'].map((kind) => `${kind} done`),
  )
  expect((await namesIn(join(folder, 'clips'))).filter((name) => name.endsWith('.mp4'))).toHaveLength(1)
}

/** Nothing of it runs, and nothing is held. */
async function nothingIsLeft(): Promise<void> {
  await vi.waitFor(() => expect(processesWith(folder)).toEqual([]), patient)
  const { rows } = await sql`select kind from steps where status = 'working'`.execute(clipwright.database.kysely)
  expect(rows).toEqual([])
  expect(await livingWorkers(clipwright.database.kysely)).toEqual([])
}

describe.each(['serve', 'worker'])('%s', (name) => {
  it('gets another worker when its own is killed', async () => {
    const { command } = await begin([name])
    const worker = await atWork()
    expect(worker).not.toBe(command.process.pid)
    process.kill(worker, 'SIGKILL')
    await command.says('The worker ended unexpectedly (SIGKILL).')
    await isDone()
    await vi.waitFor(async () => {
      const [living] = await livingWorkers(clipwright.database.kysely)
      expect(living).toMatchObject({ restarts: 1 })
    }, patient)
  })

  it('takes its worker along when it is killed itself; what was under way is given back and done by the next', async () => {
    const { command } = await begin([name])
    const worker = identify(await atWork())
    command.process.kill('SIGKILL')
    await command.ended
    await vi.waitFor(() => expect(worker === null || hasEnded(worker)).toBe(true), patient)
    await nothingIsLeft()
    await begin([name])
    await isDone()
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('ends in order at %s, whatever it was doing', async (signal) => {
    const { command } = await begin([name])
    await atWork()
    command.interruptGroup(signal)
    expect(await command.ended).toMatchObject({ status: 0, signal: null })
    await nothingIsLeft()
  })
})

it('a second signal does not wait for what is under way', async () => {
  const hanging = await wrapFfmpeg({ folder, when: listening, instead: `touch '${folder}/hangs'; exec sleep 600` })
  const { command } = await begin(['serve'], hanging)
  await vi.waitFor(() => expect(existsSync(join(folder, 'hangs'))).toBe(true), patient)
  command.process.kill('SIGTERM')
  await command.says('Ending')
  const sinceFirst = stopwatch()
  const again = setInterval(() => command.process.kill('SIGTERM'), 400)
  expect(await command.ended).toMatchObject({ status: 0 })
  clearInterval(again)
  // Of the 30 s that one signal leaves it.
  expect(sinceFirst()).toBeLessThan(25)
  await nothingIsLeft()
})

it('worn workers are replaced, and nothing is done twice for it', async () => {
  const { command } = await begin(['worker'], { WORKER_RESTART_AFTER_JOBS: '2' })
  await isDone()
  expect(command.process.exitCode).toBeNull()
  command.interruptGroup('SIGTERM')
  const { stderr, status } = await command.ended
  expect(status).toBe(0)
  expect(stderr.match(/replaced by a fresh process/g)?.length).toBeGreaterThanOrEqual(2)
  const { rows } = await sql<{ most: number }>`select max(attempts)::int as most from steps`.execute(
    clipwright.database.kysely,
  )
  expect(rows).toEqual([{ most: 1 }])
})

it('answers while nobody works, and leaves the work to others', async () => {
  const { url } = await begin(['serve', '--no-worker'])
  expect((await fetch(`${url}/health/ready`)).status).toBe(200)
  expect(await livingWorkers(clipwright.database.kysely)).toEqual([])
  await begin(['worker', '--until-idle'])
  await isDone()
})

it('says why it can not work, and ends', async () => {
  const command = new Command(['worker'], {
    env: { DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none', CLIPWRIGHT_DATA: join(folder, 'data') },
  })
  commands.push(command)
  expect(await command.ended).toMatchObject({ status: 5, stderr: expect.stringContaining('DATABASE_UNREACHABLE') })
})
