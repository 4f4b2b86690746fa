import type { Kysely } from 'kysely'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Tables } from '../../database/tables.ts'
import { newestEventId } from '../../library/events.store.ts'
import { createLogger } from '../../observability/logger.ts'
import { listWork } from '../../pipeline/control/list-work.ts'
import { LiveFeed } from './live-feed.ts'

vi.mock('../../library/events.store.ts', { spy: true })
vi.mock('../../pipeline/control/list-work.ts', { spy: true })

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('forgets whoever could not be told what there is, and looks for nobody', async () => {
  vi.mocked(newestEventId).mockResolvedValue(0)
  vi.mocked(listWork).mockRejectedValue(new Error('the database is away'))
  const feed = new LiveFeed({ db: {} as Kysely<Tables>, logger: createLogger('silent') })
  await expect(feed.listen({ onEvents: vi.fn(), onRuns: vi.fn() })).rejects.toThrow('away')
  expect(vi.getTimerCount()).toBe(0)
})
