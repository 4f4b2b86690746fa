import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { connect, type Database } from '../../src/database/connect.ts'
import { createLogger } from '../../src/observability/logger.ts'
import type {} from './global-setup.ts'

interface TemporaryDatabaseOptions {
  /** False: an empty database instead of a migrated one. */
  migrated?: boolean
  poolSize?: number
}

/**
 * A database of its own for a test file, cloned from the migrated template; `close` drops it.
 *
 *     const database = await temporaryDatabase()
 *     afterAll(() => database.close())
 */
export async function temporaryDatabase({
  migrated = true,
  poolSize = 10,
}: TemporaryDatabaseOptions = {}): Promise<Database> {
  const { connection, templateDatabase, problem } = inject('testServer')
  if (migrated && problem) throw new Error(`The migrations did not run: ${problem}`)
  const database = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(`create database ${database} template ${migrated ? templateDatabase : 'template0'}`)
  return connect({
    connection: { ...connection, database, ssl: false },
    poolSize,
    logger: createLogger('warn'),
    afterClose: () => onServer(`drop database if exists ${database} with (force)`),
  })
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ ...inject('testServer').connection, database: 'postgres', ssl: false })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
