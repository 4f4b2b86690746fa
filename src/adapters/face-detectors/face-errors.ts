import { AppError, type Evidence } from '../../domain/app-error.ts'

/** The file named as face model is not there, or is not a model we can use. */
export class FaceModelUnusable extends AppError {
  readonly code = 'FACE_MODEL_UNUSABLE'
  constructor({ path, reason, cause }: { path: string; reason: string; cause?: unknown }) {
    super(`The face model at ${path} can't be used: ${reason}.`, {
      hint: 'It must be YuNet as an .onnx file (face_detection_yunet_2023mar.onnx of the OpenCV zoo). Correct FACE_MODEL, or clear it to use the model that comes along.',
      cause,
    })
  }
}

/** The program that looks for faces died, hung or gave up. */
export class FaceDetectorFailed extends AppError {
  readonly code = 'FACE_DETECTOR_FAILED'
  override readonly retry = 'later'
  constructor(reason: string, { cause, evidence }: { cause?: unknown; evidence?: Evidence } = {}) {
    super(`Faces could not be looked for: ${reason}.`, {
      hint: 'Often the machine was short of memory. Until it works again, clips show the part of the picture with most to see.',
      cause,
      ...(evidence && { evidence }),
    })
  }
}
