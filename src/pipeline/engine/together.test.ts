import { expect, it } from 'vitest'
import { together } from './together.ts'

/** Writes that each wait to be let go; what was written together, in order. */
function gatedWrites() {
  const written: string[][] = []
  const gates: (() => void)[] = []
  const write = async (items: readonly string[]) => {
    written.push([...items])
    await new Promise<void>((resolve) => gates.push(resolve))
    if (items.includes('broken')) throw new Error('it is broken')
  }
  /** Lets the write under way end. */
  const letGo = async () => {
    gates.shift()?.()
    await new Promise(setImmediate)
  }
  return { written, write, letGo }
}

it('writes what comes alone at once, and what comes meanwhile together next', async () => {
  const { written, write, letGo } = gatedWrites()
  const add = together(write)
  const first = add('a')
  expect(written).toEqual([['a']])
  const others = [add('b'), add('c')]
  await letGo()
  await first
  expect(written).toEqual([['a'], ['b', 'c']])
  const last = add('d')
  await letGo()
  await Promise.all(others)
  await letGo()
  await last
  expect(written).toEqual([['a'], ['b', 'c'], ['d']])
})

it('lets each fail for itself when several could not be written together', async () => {
  const { written, write, letGo } = gatedWrites()
  const add = together(write)
  const ends = ['a', 'b', 'broken', 'c'].map((item) => add(item))
  const settled = Promise.allSettled(ends)
  for (let written = 0; written < 5; written++) await letGo()
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(written).toEqual([['a'], ['b', 'broken', 'c'], ['b'], ['broken'], ['c']])
  const later = add('d')
  await letGo()
  await expect(later).resolves.toBeUndefined()
})

it('fails alone with the error of the write', async () => {
  const { write, letGo } = gatedWrites()
  const add = together(write)
  const end = add('broken')
  const failed = expect(end).rejects.toThrow('it is broken')
  await letGo()
  await failed
})

it('waits for the company it is told to wait for, before the first and between the others', async () => {
  const { written, write, letGo } = gatedWrites()
  const doors: (() => void)[] = []
  const asked: boolean[] = []
  const add = together(write, async (isFirst) => {
    asked.push(isFirst)
    await new Promise<void>((resolve) => doors.push(resolve))
  })
  const open = async () => {
    doors.shift()?.()
    await new Promise(setImmediate)
  }
  const ends = [add('a'), add('b')]
  expect(written).toEqual([])
  await open()
  expect(written).toEqual([['a', 'b']])
  ends.push(add('c'))
  await letGo()
  expect(written).toHaveLength(1)
  ends.push(add('d'))
  await open()
  expect(written).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
  await letGo()
  await Promise.all(ends)
  expect(asked).toEqual([true, false])
})
