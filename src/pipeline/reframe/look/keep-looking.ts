import { AppError, type ErrorRecord, toErrorRecord } from '../../../domain/app-error.ts'
import type { FaceDetector } from '../face-detector.ts'

export interface PatientDetector extends FaceDetector {
  /** Why faces were no longer looked for; null when all went well. */
  failure(): ErrorRecord | null
}

/**
 * A detector that never fails a clip: what went wrong is tried once more (the next call starts a fresh process), and after that
 * nobody is found any more, and `failure` says why.
 */
export function keepLooking(detector: FaceDetector): PatientDetector {
  let failure: ErrorRecord | null = null
  return {
    name: detector.name,
    version: detector.version,
    failure: () => failure,
    findFaces: async (picture, options) => {
      if (failure) return []
      try {
        return await detector.findFaces(picture, options).catch((error: unknown) => {
          if (options.signal.aborted || !(error instanceof AppError) || error.retry === 'never') throw error
          return detector.findFaces(picture, options)
        })
      } catch (error) {
        options.signal.throwIfAborted()
        if (!(error instanceof AppError)) throw error
        failure = toErrorRecord(error)
        return []
      }
    },
  }
}
