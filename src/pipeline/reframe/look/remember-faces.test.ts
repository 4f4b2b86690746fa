import { expect, test } from 'vitest'
import type { Face, FaceDetector } from '../face-detector.ts'
import { rememberFaces } from './remember-faces.ts'

const { signal } = new AbortController()
const face: Face = { box: { x: 0.1, y: 0.1, width: 0.2, height: 0.3 }, score: 0.9, turned: null }
const picture = (gray: number, width = 4) => ({ width, height: 12 / width, pixels: new Uint8Array(36).fill(gray) })

function counted(): FaceDetector & { asked: number; fail: boolean } {
  return {
    name: 'counted',
    version: '1',
    asked: 0,
    fail: false,
    async findFaces() {
      seen.asked++
      if (seen.fail) throw new Error('gone')
      return [face]
    },
  }
}
let seen = counted()

test('a picture seen before is not looked at again, one of another content or shape is', async () => {
  seen = counted()
  const detector = rememberFaces(seen)
  expect(await detector.findFaces(picture(7), { signal })).toEqual([face])
  expect(await detector.findFaces(picture(7), { signal })).toEqual([face])
  expect(seen.asked).toBe(1)
  await detector.findFaces(picture(8), { signal })
  await detector.findFaces(picture(7, 6), { signal })
  expect(seen.asked).toBe(3)
})

test('an answer is not changed by who got it, a failure is not remembered, an end is heeded', async () => {
  seen = counted()
  const detector = rememberFaces(seen)
  seen.fail = true
  await expect(detector.findFaces(picture(7), { signal })).rejects.toThrow('gone')
  seen.fail = false
  const first = await detector.findFaces(picture(7), { signal })
  for (const found of first) found.box.x = 9
  expect((await detector.findFaces(picture(7), { signal }))[0]?.box.x).toBe(0.1)
  const ended = AbortSignal.abort(new Error('enough'))
  await expect(detector.findFaces(picture(7), { signal: ended })).rejects.toThrow('enough')
})
