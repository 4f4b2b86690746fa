import { CompiledQuery } from 'kysely'
import { expect, it, vi } from 'vitest'
import { createLogger } from '../observability/logger.ts'
import { watchQueries } from './count-queries.ts'
import { DatabaseUse } from './database-use.ts'

it('logs a slow statement in one line of bounded length', async () => {
  const written = vi.fn()
  const logger = createLogger('warn', { write: written })
  const watch = watchQueries({ logger, use: new DatabaseUse(), slowMs: 100, planOf: async () => null })
  const query = CompiledQuery.raw(`insert into segments\n  values ${'($1, $2), '.repeat(10_000)}`)
  watch({ level: 'query', query, queryDurationMillis: 150 })
  await vi.waitFor(() => expect(written).toHaveBeenCalledOnce())
  const { ms, sql } = JSON.parse(String(written.mock.calls[0]?.[0]))
  expect(ms).toBe(150)
  expect(sql).toMatch(/^insert into segments values \(\$1, \$2\), .*…$/)
  expect(sql).toHaveLength(2001)
})
