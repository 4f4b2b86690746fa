import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FaceDetector } from '../../pipeline/reframe/face-detector.ts'
import { rememberFaces } from '../../pipeline/reframe/look/remember-faces.ts'
import { faceApiDetector } from './face-api-detector.ts'
import { yunetDetector } from './yunet-detector.ts'

/** Where a model is looked for when no setting names one, in the data folder. */
export const modelFile = join('models', 'face_detection_yunet_2023mar.onnx')

interface Places {
  /** FACE_MODEL. */
  model: string | undefined
  dataFolder: string
}

/** YuNet where its model is there, else the detector whose weights come along. @throws FaceModelUnusable */
export function findFaceDetector({ model, dataFolder }: Places): FaceDetector {
  const path = modelPath({ model, dataFolder })
  return rememberFaces(path === null ? faceApiDetector() : yunetDetector(path))
}

/** The model that is used; null for the one that comes along. */
export function modelPath({ model, dataFolder }: Places): string | null {
  if (model !== undefined) return model
  const usual = join(dataFolder, modelFile)
  return existsSync(usual) ? usual : null
}
