import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { startEmbeddedServer } from '../../src/database/embedded-server.ts'
import {
  ask,
  client,
  isAlive,
  logger,
  serverPid,
  start,
  temporaryFolder,
  usedFolder,
} from '../support/embedded-life.ts'

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
