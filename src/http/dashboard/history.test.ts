import { expect, it } from 'vitest'
import { History } from './history.ts'

const now = new Date('2026-11-22T12:00:30Z')
const ago = (minutes: number) => new Date(Date.parse('2026-11-22T12:00:00Z') - minutes * 60_000)
const sample = (minutes: number, working: number) => ({ minute: ago(minutes), figures: { working } })

function filled(...samples: { minute: Date; figures: Record<string, number> }[]): History {
  const history = new History()
  history.add(samples, { now, retentionHours: 24 })
  return history
}
const valuesOf = (history: History, hours: number, name = 'working') =>
  history.view({ hours, now }).series.find((each) => each.name === name)?.values

it('has a point for each minute of an hour, the newest last, and none where nothing was measured', () => {
  const history = filled(sample(59, 1), sample(2, 2), sample(0, 3))
  const view = history.view({ hours: 1, now })
  expect(view.minutesPerPoint).toBe(1)
  expect(view.at[0]).toEqual(ago(59))
  expect(view.at.at(-1)).toEqual(ago(0))
  const values = valuesOf(history, 1)
  expect(values).toHaveLength(60)
  expect([values?.[0], values?.[1], ...(values?.slice(-3) ?? [])]).toEqual([1, null, 2, null, 3])
})

it('has the means of several minutes where more time is asked for, and no more points than a chart can show', () => {
  const history = filled(sample(5, 2), sample(4, 4), sample(0, 9))
  expect(valuesOf(history, 24)?.slice(-2)).toEqual([3, 9])
  for (const hours of [1, 3, 7, 24, 168, 8784]) {
    const { at } = history.view({ hours, now })
    expect(at.length).toBeLessThanOrEqual(240)
    expect(at.length).toBeGreaterThan(50)
  }
})

it('leaves out what is older than was asked for', () => {
  expect(valuesOf(filled(sample(200, 7)), 1)?.every((value) => value === null)).toBe(true)
})

it('forgets what is older than the retention, and goes on from the newest', () => {
  const history = filled(sample(24 * 60 + 5, 1), sample(1, 2))
  expect(valuesOf(history, 168)?.filter((value) => value !== null)).toEqual([2])
  expect(history.newest).toEqual(ago(1))
  history.add([sample(0, 4)], { now, retentionHours: 24 })
  expect(valuesOf(history, 1)?.slice(-2)).toEqual([2, 4])
  history.clear()
  expect(history.newest).toEqual(new Date(0))
})
