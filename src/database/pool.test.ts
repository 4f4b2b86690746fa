import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, expect, inject, test } from 'vitest'
import type {} from '../../test/support/global-setup.ts'
import { createLogger } from '../observability/logger.ts'
import { openDatabase, withoutSecrets } from './pool.ts'
import { freeLoopbackPort } from './server-process.ts'

const logger = createLogger('silent')
const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function open(url: string | undefined, dataFolder = '/nonexistent') {
  return openDatabase({ settings: { DATABASE_URL: url, DATABASE_POOL_SIZE: 2 }, dataFolder, logger })
}

test('the embedded server without DATABASE_URL', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'clipwright-open-'))
  cleanUps.push(() => rmSync(dataFolder, { recursive: true, force: true }))
  const database = await open(undefined, dataFolder)
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(database.kysely)
  expect(rows).toEqual([{ name: 'clipwright' }])
  await database.close()
})

test('the server of DATABASE_URL, and nothing is made in the data folder', async () => {
  const { user, password, host, database: name } = inject('testServer').connection
  const database = await open(`postgresql://${user}:${password}@localhost/${name}?host=${encodeURIComponent(host)}`)
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(database.kysely)
  expect(rows).toEqual([{ one: 1 }])
  await database.close()
})

test('a server that is not there', async () => {
  const port = await freeLoopbackPort()
  await expect(open(`postgresql://clip:s3cret@127.0.0.1:${port}/clips`)).rejects.toMatchObject({
    code: 'DATABASE_UNREACHABLE',
    retry: 'later',
    message: expect.stringContaining(`127.0.0.1:${port}/clips`),
  })
})

test('a wrong password, which is not told', async () => {
  const { host, database } = inject('testServer').connection
  const error = await open(
    `postgresql://clipwright:s3cret@localhost/${database}?host=${encodeURIComponent(host)}`,
  ).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE' })
  expect(String(error)).not.toContain('s3cret')
})

test('a server that is too old', async () => {
  const port = await oldServer('140011')
  await expect(open(`postgresql://clip@127.0.0.1:${port}/clips`)).rejects.toMatchObject({
    code: 'DATABASE_VERSION',
    message: expect.stringMatching(/PostgreSQL 14.* needs 15/),
  })
})

test.each([
  ['postgresql://user:s3cret@db.example.org:5433/clips?sslmode=require', 'db.example.org:5433/clips'],
  ['postgresql://user:s3cret@localhost/clips?host=%2Ftmp%2Fsocket', '/tmp/socket/clips'],
  ['postgres:///clips', 'localhost/clips'],
  ['no url at all: s3cret', 'DATABASE_URL'],
])('%s is shown without secrets', (url, shown) => {
  expect(withoutSecrets(url)).toBe(shown)
})

/** Speaks just enough of PostgreSQL's protocol (version 3) to tell its version. */
async function oldServer(version: string): Promise<number> {
  const message = (type: string, ...parts: Buffer[]) => {
    const body = Buffer.concat(parts)
    const head = Buffer.alloc(5)
    head.write(type)
    head.writeInt32BE(body.length + 4, 1)
    return Buffer.concat([head, body])
  }
  const int = (bytes: number, value: number) => {
    const buffer = Buffer.alloc(bytes)
    buffer.writeIntBE(value, 0, bytes)
    return buffer
  }
  const idle = message('Z', Buffer.from('I'))
  const column = [Buffer.from('number\0'), int(4, 0), int(2, 0), int(4, 25), int(2, -1), int(4, -1), int(2, 0)]
  const answer = [
    message('T', int(2, 1), ...column),
    message('D', int(2, 1), int(4, version.length), Buffer.from(version)),
    message('C', Buffer.from('SELECT 1\0')),
    idle,
  ]
  const server = createServer((socket: Socket) => {
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', int(4, 0)), idle]))
      socket.on('data', (data) => {
        if (data.toString('latin1', 0, 1) === 'Q') socket.write(Buffer.concat(answer))
        else socket.end()
      })
    })
  })
  cleanUps.push(() => server.close())
  const port = await freeLoopbackPort()
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  return port
}
