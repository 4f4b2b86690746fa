import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { whileLocked } from './model-lock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-lock-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('the lock', () => {
  const dead = { host: hostname(), bootId: 'another', pid: 1, startTime: '1' }

  test.each([JSON.stringify(dead), 'nonsense', ''])(
    'of someone who is gone (%s) does not stand in the way',
    async (content) => {
      await writeFile(join(folder, '.tiny.lock'), content)
      expect(await whileLocked({ folder, name: 'tiny' }, async () => 7)).toBe(7)
      expect(await readdir(folder)).toEqual([])
    },
  )

  test('is let go of after a failure', async () => {
    const fail = () => whileLocked({ folder, name: 'tiny' }, async () => Promise.reject(new Error('no')))
    await expect(fail()).rejects.toThrow('no')
    await expect(fail()).rejects.toThrow('no')
  })

  test('of ten who find a dead one, one has it at a time', async () => {
    await writeFile(join(folder, '.tiny.lock'), JSON.stringify(dead))
    let [inside, most] = [0, 0]
    const work = async () => {
      most = Math.max(most, ++inside)
      await new Promise(setImmediate)
      inside--
    }
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => whileLocked({ folder, name: 'tiny' }, work)),
    )
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true)
    expect(most).toBe(1)
  })
})
