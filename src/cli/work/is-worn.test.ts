import { expect, it } from 'vitest'
import { isWorn } from './is-worn.ts'

it.each([
  [{ jobs: 9, bytes: 400e6 }, 10, 400, false],
  [{ jobs: 10, bytes: 0 }, 10, 0, true],
  [{ jobs: 1, bytes: 400e6 + 1 }, 0, 400, true],
  [{ jobs: 1e6, bytes: 8e9 }, 0, 0, false],
])('%j with %d steps and %d MB: %s', (done, WORKER_RESTART_AFTER_JOBS, WORKER_RESTART_AFTER_MB, worn) => {
  expect(isWorn(done, { WORKER_RESTART_AFTER_JOBS, WORKER_RESTART_AFTER_MB })).toBe(worn)
})
