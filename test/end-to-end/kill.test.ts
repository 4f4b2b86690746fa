import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Database } from '../../src/database/connect.ts'
import { startEmbeddedServer } from '../../src/database/embedded-server.ts'
import type { ProcessIdentity } from '../../src/domain/process-identity.ts'
import { type StepKind, stepKinds } from '../../src/domain/run.ts'
import { createLogger } from '../../src/observability/logger.ts'
import { hasEnded } from '../../src/observability/this-process.ts'
import { type CommandResult, runCommand } from '../support/command.ts'
import { databaseUrlOf } from '../support/database-url.ts'
import { hashesOf, namesIn } from '../support/files-of.ts'
import { type KillPoint, killPoints } from '../support/kill-points.ts'
import { makeTalk, type Talk } from '../support/make-talk.ts'
import { temporaryDatabase } from '../support/temporary-database.ts'

// One recording goes through the pipeline once for each point, and is killed at that point of every step kind, one after
// the other: seven kills, eight starts. What is there in the end must be what a run nobody disturbed leaves.

const killable = fileURLToPath(new URL('../fixtures/killable-clip.ts', import.meta.url))

let folder: string
let talk: Talk
let undisturbed: Outcome

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-kill-'))
  talk = await makeTalk(folder)
  const home = await homeWithDatabase('undisturbed')
  expect(await clip(home)).toMatchObject({ status: 0 })
  undisturbed = await outcomeOf(home)
  await home.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a run that is killed', () => {
  it.concurrent.each(killPoints.filter((point) => point !== 'during'))(
    '%s, in every step, ends as if nothing had been',
    async (point) => {
      const home = await homeWithDatabase(point)
      try {
        await killAtEveryStep(home, point)
        await expectAllWell(home, point)
      } finally {
        endNotedTool(home)
        await home.close()
      }
    },
  )

  it('during the work of every step, with its embedded database, ends as if nothing had been', async () => {
    const home = homeWithEmbeddedServer('during')
    try {
      await killAtEveryStep(home, 'during')
      expect(serverPid(home)).toBeUndefined()
      await expectAllWell(home, 'during')
    } finally {
      endNotedTool(home)
      await home.close()
    }
  })
})

async function killAtEveryStep(home: Home, point: KillPoint): Promise<void> {
  let tool: ProcessIdentity | null = null
  for (const kind of stepKinds) {
    const server = serverPid(home)
    const killed = await clip(home, { kind, point })
    expect(killed, `${kind} ${point}: ${killed.stderr}`).toMatchObject({ status: null, signal: 'SIGKILL' })
    expectEnded(tool)
    tool = toolNotedBy(home)
    if (point === 'during' && kind !== 'detect' && kind !== 'conclude') {
      expect(tool && hasEnded(tool), `the tool of ${kind} is orphaned and runs`).toBe(false)
    }
    // Adopted from the start before, or it would have another number.
    if (server !== undefined) expect(serverPid(home)).toBe(server)
  }
  const last = await clip(home)
  expect(last, last.stderr).toMatchObject({ status: 0 })
  const goesOn = 'Going on where the last run of this command stopped.'
  // Once its end is committed a run is over; the same command is then a new one that has nothing to do.
  if (point === 'committed') expect(last.stderr).not.toContain(goesOn)
  else expect(last.stderr).toContain(goesOn)
  expectEnded(tool)
}

async function expectAllWell(home: Home, point: KillPoint): Promise<void> {
  const outcome = await outcomeOf(home)
  expect(outcome.renderings).toEqual(undisturbed.renderings)
  expect(outcome.clips).toEqual(undisturbed.clips)
  expect(outcome.moments).toEqual(undisturbed.moments)
  expect(outcome.folder).toEqual(undisturbed.folder)
  expect(outcome.work).toEqual([])
  // Each of the two runs has told its end.
  const events = undisturbed.stored.events + 1
  const repeated = { runs: 2, steps: 18, jobs: 18, events, worked: { ...undisturbed.stored.worked, conclude: 2 } }
  expect(outcome.stored).toEqual({ ...undisturbed.stored, ...(point === 'committed' ? repeated : {}) })
}

interface Home {
  name: string
  data: string
  out: string
  env: Record<string, string>
  /** A look into its database while no command runs. */
  look<Result>(see: (database: Database) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/** On a database of its own in the server that all tests share: no time is spent on starting servers. */
async function homeWithDatabase(name: string): Promise<Home> {
  const database = await temporaryDatabase()
  return {
    ...places(name),
    env: { DATABASE_URL: databaseUrlOf(database) },
    look: (see) => see(database),
    close: () => database.close(),
  }
}

function homeWithEmbeddedServer(name: string): Home {
  const home = places(name)
  const logger = createLogger('silent')
  return {
    ...home,
    env: {},
    look: async (see) => {
      const server = await startEmbeddedServer({ dataFolder: home.data, logger })
      const database = connect({
        connection: server.connection,
        poolSize: 2,
        logger,
        afterClose: () => server.release(),
      })
      try {
        return await see(database)
      } finally {
        await database.close()
      }
    },
    close: async () => {
      const pid = serverPid(home)
      if (pid !== undefined) process.kill(pid, 'SIGQUIT')
    },
  }
}

function places(name: string) {
  return { name, data: join(folder, name, 'data'), out: join(folder, name, 'out') }
}

function serverPid({ data }: Pick<Home, 'data'>): number | undefined {
  const file = join(data, 'postgresql/cluster/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

const noteOf = ({ name }: Home) => join(folder, `${name}-note.json`)

function clip(home: Home, bomb?: { kind: StepKind; point: KillPoint }): Promise<CommandResult> {
  const { data, out, env } = home
  const options = ['--count', '2', '--min', '3', '--max', '5', '--captions', 'none', '--aspect', '1:1']
  return runCommand(
    ['clip', talk.media, '--transcript', talk.transcript, ...options, '--out', out, '--data', data],
    bomb ? { program: killable, env: { ...env, KILL: JSON.stringify({ ...bomb, note: noteOf(home) }) } } : { env },
  )
}

function toolNotedBy(home: Home): ProcessIdentity | null {
  const note: { tool?: ProcessIdentity } = JSON.parse(readFileSync(noteOf(home), 'utf8'))
  return note.tool ?? null
}

/** A tool that was stopped stays for ever when a test fails. */
function endNotedTool(home: Home): void {
  const tool = existsSync(noteOf(home)) ? toolNotedBy(home) : null
  if (tool && !hasEnded(tool)) process.kill(tool.pid, 'SIGKILL')
}

function expectEnded(tool: ProcessIdentity | null): void {
  if (tool) expect(hasEnded(tool), `process ${tool.pid} was ended by the next start`).toBe(true)
}

type Outcome = Awaited<ReturnType<typeof outcomeOf>>

/** All that a run leaves, without what is different every time: ids and dates. */
async function outcomeOf(home: Home) {
  const clips = Object.entries(await hashesOf(home.out)).filter(
    ([name]) => !/^(moments\.json|report\.html)$/.test(name),
  )
  return {
    renderings: await hashesOf(join(home.data, 'renderings')),
    clips: Object.fromEntries(clips),
    folder: await namesIn(home.out),
    work: await readdir(join(home.data, 'work')),
    moments: momentsOf(home),
    stored: await home.look(countStored),
  }
}

/** What `moments.json` says, whichever run says it and whether it found the clips or made them. */
function momentsOf({ out }: Home): unknown {
  const own: Record<string, unknown> = { id: null, startedAt: null, reused: null }
  return JSON.parse(readFileSync(join(out, 'moments.json'), 'utf8'), (name, value: unknown) =>
    name in own ? own[name] : value,
  )
}

async function countStored({ kysely }: Database) {
  const count = async (table: string) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(
      kysely,
    )
    return rows[0]?.count
  }
  const tables = ['recordings', 'transcripts', 'segments', 'analyses', 'observations', 'detections', 'moments', 'clips']
  const more = ['clip_versions', 'renderings', 'runs', 'steps', 'events', 'child_processes']
  const counts = await Promise.all([...tables, ...more].map(async (table) => [table, await count(table)]))
  const { rows: worked } = await sql<{ kind: string; count: number }>`
    select kind, count(*)::int as count from steps where status = 'done' and not reused group by kind`.execute(kysely)
  const { rows: jobs } = await sql<{ name: string; state: string; count: number }>`
    select name, state, count(*)::int as count from boss.job group by name, state`.execute(kysely)
  return {
    ...Object.fromEntries(counts),
    worked: Object.fromEntries(worked.map((row) => [row.kind, row.count])),
    jobs: jobs.filter(({ state }) => state === 'completed').reduce((sum, row) => sum + row.count, 0),
    otherJobs: jobs.filter(({ state }) => state !== 'completed'),
  }
}
