import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Client, type ClientBase } from 'pg'

const mark = '/* prepared */'

/**
 * Stands in a statement that runs again and again with the same text: each connection lets the server parse and plan it once. Finding out how to do a
 * short statement takes the server up to four times as long as doing it.
 *
 *     sql`${prepared} select … where id = ${id}`        query.modifyEnd(prepared)
 *
 * Not for statements whose text varies, as with a list of values: each text stays in memory as long as its connection. Not
 * where the best plan hangs on the values: after five times the server plans for any.
 */
export const prepared = sql.raw<void>(mark)

// `query` has more overloads than can be called with arguments that are only passed on.
const prototype = Client.prototype as unknown as { query: (this: ClientBase, ...args: unknown[]) => unknown }

/** Lets a connection prepare the statements that are marked. */
export function prepareMarked(client: ClientBase): void {
  const ask = (...args: unknown[]): unknown => prototype.query.apply(client, args)
  client.query = ((text: unknown, values?: unknown, ...rest: unknown[]) =>
    typeof text === 'string' && text.includes(mark)
      ? ask({ name: nameOf(text), text, values }, ...rest)
      : ask(text, values, ...rest)) as ClientBase['query']
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = createHash('sha1').update(text).digest('hex')
  names.set(text, name)
  return name
}
