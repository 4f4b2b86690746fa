import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import type { Database } from './connect.ts'

// Whoever was killed lets go when the server has seen the connection end, which takes a moment.
const patienceMs = 3000
const lookAgainMs = 50

/**
 * Keeps the name for this process, over all that use the database, until it is disposed or the process ends; null when another has it. On a connection
 * of its own: losing it loses the name.
 */
export async function holdAlone(
  { connection }: Pick<Database, 'connection'>,
  name: string,
  { patience = patienceMs }: { patience?: number } = {},
): Promise<AsyncDisposable | null> {
  const client = new Client({ ...connection, application_name: 'clipwright alone' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    for (const deadline = Date.now() + patience; ; await pause(lookAgainMs)) {
      const text = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as alone'
      const { rows } = await client.query<{ alone: boolean }>(text, [`clipwright ${name}`])
      if (rows[0]?.alone) return { [Symbol.asyncDispose]: () => client.end() }
      if (Date.now() >= deadline) break
    }
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
  await client.end()
  return null
}
