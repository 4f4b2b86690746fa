import { readFileSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import type { TestProject } from 'vitest/node'
import { connect } from '../../src/database/connect.ts'
import { startEmbeddedServer } from '../../src/database/embedded-server.ts'
import { migrateUp } from '../../src/database/migrate.ts'
import { createLogger } from '../../src/observability/logger.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer
  }
}

/** One server for the whole run, and a database in it that is migrated once and cloned for each test file. */
export interface TestServer {
  connection: { host: string; port: number; user: string; password: string; database: string }
  templateDatabase: string
  /** Why the template could not be migrated: told to the tests that need it, and not to those that don't. */
  problem: string | null
}

const logger = createLogger('warn')

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'clipwright-test-data-'))
  const server = await startEmbeddedServer({
    dataFolder,
    logger,
    // nobody misses a test's data after a power cut, and test files run side by side
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  const { host, port, user, password, database } = server.connection
  const connection = { host, port, user, password, database }
  // Who ends the run by a signal ends vitest without what is returned here.
  const orphan = () => endAtOnce(dataFolder)
  process.once('exit', orphan)
  const problem = await migrate(server.connection)
  project.provide('testServer', { connection, templateDatabase: database, problem })
  return async () => {
    process.off('exit', orphan)
    await server.release()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

/** The server and its data, without waiting. */
function endAtOnce(dataFolder: string): void {
  const [pid] = readFileSync(join(dataFolder, 'postgresql/cluster/postmaster.pid'), 'utf8').split('\n')
  process.kill(Number(pid), 'SIGQUIT')
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
}

async function migrate(connection: TestServer['connection']): Promise<string | null> {
  const template = connect({ connection, poolSize: 1, logger })
  try {
    await migrateUp(template.kysely)
    return null
  } catch (error) {
    return inspect(error)
  } finally {
    await template.close()
  }
}
