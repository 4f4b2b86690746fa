import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type FaceDetector,
  mostFaces,
  type RgbPicture,
  type ShareBox,
} from '../../src/pipeline/reframe/face-detector.ts'
import { likeness } from '../../src/pipeline/reframe/share-box.ts'

export interface FaceDetectorSubject {
  detector: FaceDetector
  /** A picture with one face, and where it is. */
  withFace: RgbPicture
  where: ShareBox
  withoutFace: RgbPicture
  /** Ends whatever the detector started, as a crash would; left out where nothing is started. */
  crash?: () => Promise<void>
  dispose?: () => Promise<void>
}

/** What every face detector promises (see `FaceDetector`). */
export function describeFaceDetector(name: string, make: () => Promise<FaceDetectorSubject>): void {
  describe(`face detector: ${name}`, () => {
    const { signal } = new AbortController()
    let subject: FaceDetectorSubject
    // Loading a model takes seconds, and the suite only reads.
    beforeAll(async () => {
      subject = await make()
    })
    afterAll(async () => subject.dispose?.())

    test('finds the face where it is', async () => {
      const { detector, withFace, where } = subject
      const faces = await detector.findFaces(withFace, { signal })
      expect(faces).toHaveLength(1)
      expect(likeness(faces[0]?.box ?? where, where)).toBeGreaterThan(0.4)
    })

    test('finds none where none is', async () => {
      expect(await subject.detector.findFaces(subject.withoutFace, { signal })).toEqual([])
    })

    test('boxes lie inside the picture, the surest first, not more than are of use', async () => {
      const { detector, withFace } = subject
      const faces = await detector.findFaces(tile(withFace, 7), { signal })
      expect(faces.length).toBeLessThanOrEqual(mostFaces)
      expect(faces.map(({ score }) => score)).toEqual(faces.map(({ score }) => score).toSorted((a, b) => b - a))
      for (const { box, score, turned } of faces) {
        expect(box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0).toBe(true)
        expect(box.x + box.width <= 1.000001 && box.y + box.height <= 1.000001).toBe(true)
        expect(score > 0 && score <= 1).toBe(true)
        expect(turned === null || (turned >= -1 && turned <= 1)).toBe(true)
      }
    })

    test('the same picture gives the same answer', async () => {
      const { detector, withFace } = subject
      const first = await detector.findFaces(withFace, { signal })
      expect(await detector.findFaces(withFace, { signal })).toEqual(first)
    })

    test('several questions at once are all answered', async () => {
      const { detector, withFace, withoutFace } = subject
      const answers = await Promise.all(
        [withFace, withoutFace, withFace].map((one) => detector.findFaces(one, { signal })),
      )
      expect(answers.map((faces) => faces.length)).toEqual([1, 0, 1])
    })

    test('a picture of two pixels is no trouble', async () => {
      const tiny = { width: 2, height: 2, pixels: new Uint8Array(12).fill(90) }
      expect(await subject.detector.findFaces(tiny, { signal })).toEqual([])
    })

    test('an abort is heeded, with its reason, before and during the look', async () => {
      const { detector, withFace } = subject
      await expect(detector.findFaces(withFace, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
        'enough',
      )
      const stop = new AbortController()
      const looking = [withFace, withFace, withFace].map((one) => detector.findFaces(one, { signal: stop.signal }))
      stop.abort(new Error('stop now'))
      const ends = await Promise.allSettled(looking)
      expect(ends.at(-1)).toMatchObject({ status: 'rejected', reason: { message: 'stop now' } })
      expect(await detector.findFaces(withFace, { signal })).toHaveLength(1)
    })

    test('a crash ends the call with our error, and the next one works', async ({ skip }) => {
      const { detector, withFace, crash } = subject
      if (!crash) return skip('nothing is started')
      const looking = detector.findFaces(withFace, { signal })
      const ended = expect(looking).rejects.toMatchObject({ code: 'FACE_DETECTOR_FAILED', retry: 'later' })
      await crash()
      await ended
      expect(await detector.findFaces(withFace, { signal })).toHaveLength(1)
    })

    test('has a name and a version for the keys of remembered results', () => {
      expect(subject.detector.name).toMatch(/^[a-z][a-z0-9-]+$/)
      expect(subject.detector.version).toMatch(/^\S+$/)
    })
  })
}

/** The same picture many times over, each copy smaller: a crowd. */
function tile({ width, height, pixels }: RgbPicture, times: number): RgbPicture {
  const crowd = new Uint8Array(pixels.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 3 * (((y * times) % height) * width + ((x * times) % width))
      crowd.set(pixels.subarray(from, from + 3), 3 * (y * width + x))
    }
  }
  return { width, height, pixels: crowd }
}
