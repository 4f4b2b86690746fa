import { expect, it } from 'vitest'
import { createLogger } from '../observability/logger.ts'
import { Supervision } from './supervision.ts'

/** A second at a time; the seconds in which the jobs were looked over. */
function begun({ now }: { now: number }) {
  const clock = { now }
  const database = { isAway: false }
  const looks: number[] = []
  const answer = async () => {
    if (database.isAway) throw new Error('connect ECONNREFUSED')
  }
  const supervision = new Supervision({
    look: async () => {
      await answer()
      looks.push(clock.now / 1000)
    },
    ask: answer,
    logger: createLogger('silent'),
    now: () => clock.now,
  })
  /** Seconds in which it looked, of the next so many. */
  const pass = async (seconds: number) => {
    looks.length = 0
    for (let second = 0; second < seconds; second++) {
      clock.now += 1000
      await supervision.tick()
    }
    return [...looks]
  }
  return { clock, database, pass }
}

/** One that has begun some time ago. */
async function supervised() {
  const begunBefore = begun({ now: -11_000 })
  await begunBefore.pass(11)
  return begunBefore
}

it('gives nobody up at the start, before the living could say so', async () => {
  const { pass } = begun({ now: 0 })
  expect(await pass(12)).toEqual([11, 12])
})

it('looks every second', async () => {
  const { pass } = await supervised()
  expect(await pass(4)).toEqual([1, 2, 3, 4])
})

it('gives nobody up when the database is back, before the living could say so', async () => {
  const { database, pass } = await supervised()
  await pass(2)
  database.isAway = true
  expect(await pass(30)).toEqual([])
  database.isAway = false
  // It is back in second 33.
  expect(await pass(12)).toEqual([43, 44])
})

it('nor when the database goes away again meanwhile', async () => {
  const { database, pass } = await supervised()
  database.isAway = true
  await pass(1)
  database.isAway = false
  await pass(11)
  database.isAway = true
  await pass(5)
  database.isAway = false
  expect(await pass(11)).toEqual([28])
})

it('nor after the machine has slept', async () => {
  const { clock, pass } = await supervised()
  await pass(1)
  clock.now += 3_600_000
  expect(await pass(12)).toEqual([3612, 3613])
})

it('goes on soon after the clock was set back', async () => {
  const { clock, pass } = await supervised()
  clock.now = 7_200_000
  expect(await pass(12)).toEqual([7211, 7212])
  clock.now -= 3_600_000
  expect(await pass(12)).toEqual([3623, 3624])
})
