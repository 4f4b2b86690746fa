import type { FaceDetector } from '../../pipeline/reframe/face-detector.ts'
import { FaceModelUnusable } from './face-errors.ts'
import { FaceProcess } from './face-process-client.ts'

/** Raise with another version of the package, another threshold or another kind of scaling. */
const version = '2'

/** SSD MobileNet of face-api, whose weights come with its package: slower than YuNet, good on faces that are not tiny. */
export function faceApiDetector(): FaceDetector & { process: FaceProcess } {
  const process = new FaceProcess({
    model: { kind: 'face-api' },
    unusable: (reason) => new FaceModelUnusable({ path: '@vladmandic/face-api', reason }),
  })
  return {
    name: 'face-api-ssd',
    version,
    findFaces: (picture, options) => process.findFaces(picture, options),
    process,
  }
}
