/** A picture of a recording as displayed: three bytes a pixel (red, green, blue), row by row. */
export interface RgbPicture {
  width: number
  height: number
  pixels: Uint8Array
}

/** A rectangle in shares of the picture: 0 is its left or upper border, 1 its right or lower one. */
export interface ShareBox {
  x: number
  y: number
  width: number
  height: number
}

export interface Face {
  /** From the forehead to the chin, inside the picture. */
  box: ShareBox
  /** How sure the detector is, 0 to 1. */
  score: number
  /** Which way it looks: −1 to the left border, 0 into the camera, 1 to the right; null where the detector can't tell. */
  turned: number | null
}

/**
 * Finds faces in single pictures. Promises:
 * - all faces of a picture, the surest first, at most `mostFaces`; boxes lie inside the picture and have a size;
 * - repeatable: the same picture gives the same answer, so it may be remembered under `name` and `version`;
 * - `version` changes whenever an answer could change (another model, other weights, another threshold);
 * - nothing is started before the first call, and what was started ends by itself when it is not asked for a while;
 * - stops within a second when `signal` says so, with its reason;
 * - whatever happens to the program that looks (it crashes, hangs, runs out of memory): the call ends with an AppError, and the
 *   next call works again.
 */
export interface FaceDetector {
  readonly name: string
  readonly version: string
  /** @throws AppError when it can't look; the signal's reason */
  findFaces(picture: RgbPicture, options: { signal: AbortSignal }): Promise<Face[]>
}

/** More are a crowd, and in a crowd nobody is framed. */
export const mostFaces = 32
