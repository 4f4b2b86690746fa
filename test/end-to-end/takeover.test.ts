import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Database } from '../../src/database/connect.ts'
import type { ProcessIdentity } from '../../src/domain/process-identity.ts'
import { saveChildProcesses } from '../../src/library/child-processes.store.ts'
import { getWorkingSteps } from '../../src/library/steps.store.ts'
import { hasEnded, identify } from '../../src/observability/this-process.ts'
import { Command, stopwatch } from '../support/command.ts'
import { someRunSettings } from '../support/compose-for-test.ts'
import { databaseUrlOf } from '../support/database-url.ts'
import { temporaryDatabase } from '../support/temporary-database.ts'

const program = fileURLToPath(new URL('../fixtures/idle-worker.ts', import.meta.url))

let dataFolder: string
let database: Database
let commands: Command[] = []

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'clipwright-takeover-'))
  database = await temporaryDatabase()
})
afterEach(async () => {
  await Promise.all(commands.map((command) => command.destroy()))
  commands = []
})
afterAll(async () => {
  await database.close()
  await rm(dataFolder, { recursive: true, force: true })
})

function worker(options: object): Command {
  const env = { DATABASE_URL: databaseUrlOf(database) }
  const command = new Command([JSON.stringify({ dataFolder, ...options })], { program, env })
  commands.push(command)
  return command
}

async function beginAndDie(): Promise<void> {
  const killed = worker({ begin: someRunSettings(), holds: 'analyze' })
  await killed.says('{"began":"analyze","attempt":1}')
  killed.interruptGroup('SIGKILL')
  await killed.ended
}

/** A tool of the step that is held, as if its worker had left it running. */
async function orphanedTool(): Promise<ProcessIdentity> {
  const tool = spawn('sleep', ['600'])
  await once(tool, 'spawn')
  const identity = identify(tool.pid ?? 0)
  const [step] = await getWorkingSteps(database.kysely)
  if (!identity || !step) throw new Error('neither the tool nor the step can be missing')
  await saveChildProcesses(database.kysely, [{ ...identity, stepId: step.id, command: 'sleep 600' }])
  return identity
}

it('a worker known by its silence only is found lost, its tool ended and its step taken over', async ({ annotate }) => {
  await beginAndDie()
  const sinceKill = stopwatch()
  // What a worker of another machine would have written: from here nobody can tell whether it lives.
  await sql`update steps set holder = jsonb_set(holder, '{host}', '"elsewhere"') where status = 'working'`.execute(
    database.kysely,
  )
  const tool = await orphanedTool()
  const next = worker({})
  await next.says('{"began":"analyze","attempt":2}')
  await annotate(`taken over ${sinceKill()} s after the kill`)
  await vi.waitFor(() => expect(hasEnded(tool)).toBe(true), { timeout: 120_000 })
  await next.says('{"began":"conclude","attempt":1}')
})

it('a killed worker of this machine is found lost at once', async ({ annotate }) => {
  await beginAndDie()
  const tool = await orphanedTool()
  const sinceStart = stopwatch()
  const next = worker({})
  await next.says('{"began":"analyze","attempt":2}')
  await annotate(`taken over ${sinceStart()} s after the start of the next process, which is most of it`)
  expect(hasEnded(tool)).toBe(true)
  await next.says('{"began":"conclude","attempt":1}')
})
