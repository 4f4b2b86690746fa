import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { tellReader } from './tell-reader.ts'

it('writes to who reads', () => {
  const stream = new PassThrough()
  const heard: string[] = []
  stream.on('data', (chunk) => heard.push(String(chunk)))
  for (let i = 0; i < 50; i++) tellReader(stream as never, 'x'.repeat(100_000))
  expect([stream.destroyed, heard.join('').length]).toEqual([false, 5_000_000])
})

it('keeps about a megabyte for who does not, then cuts them off', () => {
  const stream = new PassThrough({ highWaterMark: 1 })
  let most = 0
  for (let i = 0; i < 50; i++) {
    tellReader(stream as never, 'x'.repeat(100_000))
    most = Math.max(most, stream.writableLength)
  }
  expect(stream.destroyed).toBe(true)
  expect(most).toBeLessThan(1_200_000)
  expect(() => tellReader(stream as never, 'x')).not.toThrow()
})
