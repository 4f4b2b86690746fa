import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sayFileError } from '../../domain/say-file-error.ts'
import type { FaceDetector } from '../../pipeline/reframe/face-detector.ts'
import { FaceModelUnusable } from './face-errors.ts'
import { FaceProcess } from './face-process-client.ts'

/** The published models are 100 kB to 350 kB; what is far from that is another file. */
const sizes = { least: 20_000, most: 20_000_000 }
/** Raise when the same model could give another answer: thresholds, scaling. */
const decoding = '1'

/**
 * YuNet from a file: quick, and sure of small faces. The file is looked at right here, so that a wrong one is told at once; it is
 * loaded with the first picture.
 * @throws FaceModelUnusable
 */
export function yunetDetector(path: string): FaceDetector & { process: FaceProcess } {
  const bytes = readModel(path)
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  const process = new FaceProcess({
    model: { kind: 'yunet', path },
    unusable: (reason) => new FaceModelUnusable({ path, reason }),
  })
  return {
    name: 'yunet',
    version: `${decoding}-${hash}`,
    findFaces: (picture, options) => process.findFaces(picture, options),
    process,
  }
}

function readModel(path: string): Buffer {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (cause) {
    throw new FaceModelUnusable({ path, reason: sayFileError(cause, 'read'), cause })
  }
  if (bytes.length < sizes.least || bytes.length > sizes.most) {
    throw new FaceModelUnusable({ path, reason: `it has ${bytes.length} bytes, and YuNet has about 230,000` })
  }
  // An ONNX file is a protocol buffer that begins with its field 1, the version of the format.
  if (bytes[0] !== 0x08) throw new FaceModelUnusable({ path, reason: 'it is not an ONNX file' })
  return bytes
}
