import type { CompiledQuery } from 'kysely'
import { Client, type ClientConfig } from 'pg'

type Query = Pick<CompiledQuery, 'sql' | 'parameters'>

// Planning takes milliseconds. A server that can't do it in this time has more urgent things to do.
const patienceMs = 2000

/**
 * Asks the server how it carries out a query (EXPLAIN, never ANALYZE: nothing is run), on a connection of its own, so that a crowded pool is not
 * made worse. One at a time: who comes meanwhile gets null, as does what writes, and what can't be explained. Never rejects.
 */
export class QueryExplainer {
  readonly #connection: ClientConfig
  #underWay: Promise<unknown> | null = null

  constructor(connection: ClientConfig) {
    this.#connection = connection
  }

  async planOf(query: Query): Promise<string[] | null> {
    if (this.#underWay !== null || !onlyReads(query.sql)) return null
    const asked = this.#ask(query).catch(() => null)
    this.#underWay = asked
    const plan = await asked
    this.#underWay = null
    return plan
  }

  /** When nothing is being explained any more. */
  async idle(): Promise<void> {
    await this.#underWay
  }

  async #ask({ sql, parameters }: Query): Promise<string[]> {
    const client = new Client({
      ...this.#connection,
      application_name: 'clipwright explain',
      connectionTimeoutMillis: patienceMs,
      statement_timeout: patienceMs,
      query_timeout: patienceMs,
    })
    client.on('error', () => undefined) // what is under way is rejected, too
    try {
      await client.connect()
      await client.query('set default_transaction_read_only = on')
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [...parameters])
      return rows.map((row) => withoutTexts(row['QUERY PLAN'], sql))
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

/** Whether a statement is one SELECT that writes nothing, as far as its words can tell; too careful rather than not enough. */
export function onlyReads(statement: string): boolean {
  if (!/^\s*(\/\*.*?\*\/\s*)?(select|with)\b/i.test(statement) || statement.includes(';')) return false
  return !/\b(insert|update|delete|merge|into)\b/i.test(statement)
}

// As ruleutils.c writes literals: quotes doubled, and E'…' with backslashes doubled.
const literal = /E?'(?:[^']|'')*'/g
// Says nothing about anybody: numbers, times and ids.
const harmless = /^'(?:[-+]?[\d.]+|\d{4}-\d\d-\d\d[ T\d:.+Z-]*|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})'$/i

/** A line of a plan without the texts that were filled in, nor what the planner made of them; our own constants stay. */
export function withoutTexts(line: string, statement: string): string {
  return line.replace(literal, (text) => (harmless.test(text) || statement.includes(text) ? text : "'…'"))
}
