import { setImmediate } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { FaceModelUnusable } from './face-errors.ts'
import { FaceProcess } from './face-process-client.ts'

const program = new URL('../../../test/fixtures/faces/odd-face-process.mjs', import.meta.url)
const picture = { width: 2, height: 2, pixels: new Uint8Array(12) }
const { signal } = new AbortController()
let faces: FaceProcess | null = null
afterEach(() => {
  vi.useRealTimers()
  faces?.end()
})

function start(odd: string, options: { idleSeconds?: number } = {}): FaceProcess {
  const unusable = (reason: string) => new FaceModelUnusable({ path: odd, reason })
  faces = new FaceProcess({ model: { kind: 'yunet', path: odd }, program, unusable, ...options })
  return faces
}

test('nothing runs before the first question, one process answers all', async () => {
  const process = start('fine')
  expect(process.pid).toBeNull()
  await process.findFaces(picture, { signal })
  const { pid } = process
  await Promise.all([1, 2, 3].map(() => process.findFaces(picture, { signal })))
  expect(process.pid).toBe(pid)
})

test('killed in the middle: that question fails with evidence, the next one is answered', async () => {
  const process = start('dies')
  await process.findFaces(picture, { signal })
  await expect(process.findFaces(picture, { signal })).rejects.toMatchObject({
    code: 'FACE_DETECTOR_FAILED',
    evidence: { signal: 'SIGKILL' },
  })
  expect(await process.findFaces(picture, { signal })).toEqual([])
})

test('one that ends at once says with what', async () => {
  await expect(start('dies-at-once').findFaces(picture, { signal })).rejects.toThrow('exit status 3')
})

test('one that hangs is ended, and the next one is answered', async () => {
  const process = start('hangs')
  await process.findFaces(picture, { signal })
  const { pid } = process
  await givenUp(process)
  expect(await process.findFaces(picture, { signal })).toEqual([])
  expect(process.pid).not.toBe(pid)
})

test('one that never gets ready is ended too', async () => {
  await givenUp(start('never-ready'))
})

/** The time an answer may take passes at once. */
async function givenUp(process: FaceProcess): Promise<void> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const asked = expect(process.findFaces(picture, { signal })).rejects.toThrow('did not answer for 60 s')
  // It is its turn.
  await setImmediate()
  vi.advanceTimersByTime(60_000)
  await asked
  vi.useRealTimers()
}

test('a picture it fails on fails alone', async () => {
  const process = start('fails')
  await process.findFaces(picture, { signal })
  await expect(process.findFaces(picture, { signal })).rejects.toThrow('out of memory')
  expect(await process.findFaces(picture, { signal })).toEqual([])
})

test('a model it can not use is our error', async () => {
  await expect(start('unusable').findFaces(picture, { signal })).rejects.toMatchObject({
    code: 'FACE_MODEL_UNUSABLE',
    message: expect.stringContaining('it is a song'),
  })
})

test('one that takes too much memory is replaced after its answer', async () => {
  const process = start('grows')
  expect(await process.findFaces(picture, { signal })).toEqual([])
  expect(process.pid).toBeNull()
  expect(await process.findFaces(picture, { signal })).toEqual([])
})

test('ends when nobody asks', async () => {
  const process = start('fine', { idleSeconds: 0 })
  await process.findFaces(picture, { signal })
  await expect.poll(() => process.pid).toBeNull()
})
