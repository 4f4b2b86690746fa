import type { Face, RgbPicture } from '../../pipeline/reframe/face-detector.ts'

/** What the process that looks for faces is started for. */
export type ModelChoice = { kind: 'face-api' } | { kind: 'yunet'; path: string }

/** From us to the process; it answers one after the other. */
export type Question = { id: number; picture: RgbPicture }

/** From the process to us. */
export type Answer =
  | { kind: 'ready' }
  | { kind: 'unusable'; reason: string }
  | { kind: 'faces'; id: number; faces: Face[]; memoryBytes: number; cpuSeconds: number }
  | { kind: 'failed'; id: number; reason: string }

/** A loaded model. */
export interface FaceModel {
  findFaces(picture: RgbPicture): Promise<Face[]>
}
