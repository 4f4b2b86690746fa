import { Client, type ClientConfig, DatabaseError } from 'pg'
import { DATABASE, MAINTENANCE_DATABASE } from './cluster.ts'
import { isNotReady } from './not-ready.ts'

/** The advisory lock that says "I use this server": "clip" in ASCII, and 1. Two numbers are a space of their own. */
const LOCK = [0x636c6970, 1]

/**
 * A client's stake in the embedded server: one connection that holds the shared lock as long as it is open. A client
 * that is killed loses its connection and with it the lock; nothing has to be cleaned up.
 */
export interface Presence {
  /** Called once if the connection is lost before `leave`. */
  onLost(callback: (error: Error | undefined) => void): void
  /** Gives the stake up. @returns whether we were the last one; then nobody can come in until the server has stopped. */
  leave(): Promise<'last' | 'others-remain'>
  /** Closes the connection, after the last one stopped the server. */
  close(): Promise<void>
}

/**
 * Comes in: connects, takes the lock, makes our database if it is the first time.
 * @returns undefined when the server is not ready or on its way down: look again
 * @throws what the server says otherwise
 */
export async function comeIn(connection: ClientConfig): Promise<Presence | undefined> {
  const client = new Client({
    ...connection,
    database: MAINTENANCE_DATABASE,
    application_name: 'clipwright presence',
    keepAlive: true,
  })
  let left = false
  let lost: ((error: Error | undefined) => void) | undefined
  // without a listener, a server that goes away would end our process
  client.on('error', (error) => {
    if (!left) lost?.(error)
    lost = undefined
  })
  client.on('end', () => {
    if (!left) lost?.(undefined)
    lost = undefined
  })
  try {
    await client.connect()
    await client.query('select pg_advisory_lock_shared($1, $2)', LOCK)
    await createDatabase(client)
  } catch (error) {
    await client.end().catch(() => undefined)
    if (isNotReady(error)) return undefined
    throw error
  }
  return {
    onLost: (callback) => {
      lost = callback
    },
    leave: async () => {
      left = true
      return (await isLast(client)) ? 'last' : 'others-remain'
    },
    close: () => client.end().catch(() => undefined),
  }
}

async function createDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
  if (rowCount) return
  try {
    await client.query(`create database ${DATABASE}`)
  } catch (error) {
    // another client's first time, too: duplicate_database, or the index below it
    if (!(error instanceof DatabaseError && (error.code === '42P04' || error.code === '23505'))) throw error
  }
}

async function isLast(client: Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1, $2)', LOCK)
    const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1, $2) as last', LOCK)
    return rows[0]?.last ?? false
  } catch {
    return false // the server is gone already
  }
}
