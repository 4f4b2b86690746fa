import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { inTurn } from './in-turn.ts'

it('does one thing after the other, and the next one after a failure', async () => {
  const turn = inTurn()
  const { promise: open, resolve: letGo } = Promise.withResolvers<void>()
  const happened: string[] = []
  const first = turn(async () => {
    happened.push('first begins')
    await open
    happened.push('first ends')
    throw new Error('it is broken')
  })
  const second = turn(async () => {
    happened.push('second')
    return 2
  })
  await setImmediate()
  expect(happened).toEqual(['first begins'])
  letGo()
  await expect(first).rejects.toThrow('broken')
  expect(await second).toBe(2)
  expect(happened).toEqual(['first begins', 'first ends', 'second'])
})
