import { createHash } from 'node:crypto'
import type { Face, FaceDetector, RgbPicture } from '../face-detector.ts'

/** Pictures whose faces are remembered: two hours of clips. Faces are a hundred bytes each. */
const most = 4000

/**
 * The same detector, which looks at each picture once: moments that overlap, a title that comes back and a clip that is framed for a
 * second shape show it the same pictures. Answers are repeatable by the interface's promise, so remembering changes none.
 */
export function rememberFaces<Detector extends FaceDetector>(detector: Detector): Detector {
  const known = new Map<string, Face[]>()
  return {
    ...detector,
    findFaces: async (picture, options) => {
      options.signal.throwIfAborted()
      const key = hashOf(picture)
      const faces = known.get(key) ?? (await detector.findFaces(picture, options))
      // The ones asked for last are the last to go.
      known.delete(key)
      known.set(key, faces)
      const oldest = known.keys().next()
      if (known.size > most && !oldest.done) known.delete(oldest.value)
      return structuredClone(faces)
    },
  }
}

function hashOf({ width, height, pixels }: RgbPicture): string {
  return createHash('sha256').update(`${width}×${height} `).update(pixels).digest('base64')
}
