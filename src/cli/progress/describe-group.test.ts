import { expect, test } from 'vitest'
import { describeEnd, nameOfGroup } from './describe-group.ts'
import type { StepGroup } from './group-steps.ts'

const group = (change: Partial<StepGroup>): StepGroup => ({
  kind: 'cut',
  status: 'done',
  fraction: 1,
  total: 8,
  done: 8,
  reused: 0,
  failed: 0,
  message: '',
  startedAt: 0,
  finishedAt: 1000,
  speed: null,
  ...change,
})

test('one of a kind has its name, several are counted', () => {
  expect(nameOfGroup(group({ kind: 'detect', total: 1 }))).toBe('detect')
  expect(nameOfGroup(group({ done: 3 }))).toBe('cut 3 of 8')
})

test.each([
  [{}, 'done'],
  [{ reused: 8 }, 'already there'],
  [{ reused: 6 }, '6 of 8 were already there'],
  [{ reused: 1 }, '1 of 8 was already there'],
  [{ status: 'failed', failed: 2 }, '2 of 8 failed'],
  [{ status: 'failed', failed: 2, reused: 3 }, '2 of 8 failed, 3 of 8 were already there'],
  [{ status: 'failed', failed: 1, total: 1 }, 'failed'],
  [{ status: 'cancelled' }, 'cancelled'],
] as const)('%o ends as %j', (change, said) => {
  expect(describeEnd(group(change))).toBe(said)
})
