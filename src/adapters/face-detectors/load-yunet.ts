import { readFile } from 'node:fs/promises'
import type { RgbPicture } from '../../pipeline/reframe/face-detector.ts'
import { decodeYunet, strides, type YunetOutputs } from './decode-yunet.ts'
import type { FaceModel } from './face-messages.ts'

/** Sides of the network's picture, pixels; the published models are made for this. */
const side = 640

/** YuNet from an .onnx file, on the WebAssembly build of ONNX Runtime. @throws Error in words when the file is another model */
export async function loadYunet(path: string): Promise<FaceModel> {
  const ort = await import('onnxruntime-web')
  // More threads are not supported in Node; the other core is ffmpeg's.
  ort.env.wasm.numThreads = 1
  ort.env.logLevel = 'error'
  const session = await ort.InferenceSession.create(await readFile(path), { executionProviders: ['wasm'] })
  const wanted = strides.flatMap((stride) => ['cls', 'obj', 'bbox', 'kps'].map((name) => `${name}_${stride}`))
  const [inputName, ...moreInputs] = session.inputNames
  const lacking = wanted.filter((name) => !session.outputNames.includes(name))
  if (inputName === undefined || moreInputs.length > 0 || lacking.length > 0) {
    throw new Error(`it is another model than YuNet (it lacks ${lacking[0] ?? 'a single input'})`)
  }
  return {
    findFaces: async (picture) => {
      const { values, scaled } = toInput(picture)
      const input = new ort.Tensor('float32', values, [1, 3, side, side])
      const results = await session.run({ [inputName]: input })
      const outputs: YunetOutputs = Object.fromEntries(wanted.map((name) => [name, dataOf(results[name])]))
      return decodeYunet({ outputs, input: { width: side, height: side }, picture: scaled })
    },
  }
}

function dataOf(tensor: { data: unknown } | undefined): ArrayLike<number> {
  return tensor?.data instanceof Float32Array ? tensor.data : []
}

/** Blue, green and red as planes of floats, 0 to 255, from the top left of a square; the rest is black. */
export function toInput({ width, height, pixels }: RgbPicture): {
  values: Float32Array
  /** The part of the square that is filled, pixels. */
  scaled: { width: number; height: number }
} {
  const factor = Math.min(1, side / Math.max(width, height))
  const scaled = { width: Math.round(width * factor), height: Math.round(height * factor) }
  const values = new Float32Array(3 * side * side)
  for (let y = 0; y < scaled.height; y++) {
    const row = Math.min(height - 1, Math.floor(y / factor)) * width
    for (let x = 0; x < scaled.width; x++) {
      const from = 3 * (row + Math.min(width - 1, Math.floor(x / factor)))
      const to = y * side + x
      for (let colour = 0; colour < 3; colour++) values[colour * side * side + to] = pixels[from + 2 - colour] ?? 0
    }
  }
  return { values, scaled }
}
