import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Face, mostFaces, type RgbPicture, type ShareBox } from '../../pipeline/reframe/face-detector.ts'
import { insidePicture } from '../../pipeline/reframe/share-box.ts'
import type { FaceModel } from './face-messages.ts'
import { keepBest } from './keep-best.ts'
import { fullSide, type SsdWeights, ssdNetwork, type Tensors } from './ssd-network.ts'
import { ssdPicture } from './ssd-picture.ts'

/** What we use of face-api's bundle for browsers, which has TensorFlow.js inside (no types come with that file). */
interface FaceApi {
  tf: Tensors & {
    env(): { set(flag: string, value: boolean): void }
    setWasmPaths(folder: string): void
    setBackend(name: string): Promise<boolean>
    getBackend(): string
    io: { decodeWeights(bytes: ArrayBuffer, manifest: unknown): unknown }
  }
  env: { setEnv(env: object): void }
  nets: { ssdMobilenetv1: { loadFromWeightMap(weights: unknown): void; params: SsdWeights } }
}

/** Below it the model names lamps and hands; in dim light real faces fall to 0.35. Whether one is believed is for who sees several pictures. */
const leastScore = 0.25
/** A face with this score makes a second look superfluous. */
const sure = 0.5
/**
 * The model knows faces of a tenth of its picture best: a drawn head of a sixth got 0.13 to 0.8, and 0.9 to 0.99 with a margin that makes
 * the picture 1.6 times as large; small and dim faces are seen better without. So the first look has a margin, and only where it finds
 * nobody for sure there is a second one.
 */
const farther = 1.6
const mostOverlap = 0.35

/**
 * face-api's SSD MobileNet on TensorFlow.js' WebAssembly program, its weights read from the package. Only for a process of its own: the
 * bundle is made for browsers and has to be told that this is one.
 */
export async function loadFaceApi(): Promise<FaceModel> {
  const require = createRequire(import.meta.url)
  const package_ = dirname(require.resolve('@vladmandic/face-api/package.json'))
  const programs = join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist', '/')
  const api = await importForBrowsers(join(package_, 'dist', 'face-api.esm.js'))
  const { tf, env, nets } = api
  // Threads would need a browser's workers; the other core is ffmpeg's anyway.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  tf.setWasmPaths(programs)
  env.setEnv(nothingToDrawOn)
  if (!(await tf.setBackend('wasm')) || tf.getBackend() !== 'wasm')
    throw new Error('its WebAssembly program does not start')
  const ssd = join(package_, 'model', 'ssd_mobilenetv1_model')
  const manifest = JSON.parse(await readFile(`${ssd}-weights_manifest.json`, 'utf8')) as { weights: unknown }[]
  const net = nets.ssdMobilenetv1
  net.loadFromWeightMap(tf.io.decodeWeights(await readBytes(`${ssd}.bin`), manifest[0]?.weights))
  const network = ssdNetwork(tf, net.params)
  const look = (picture: RgbPicture, margin: number): Face[] => {
    const { factor, ...input } = ssdPicture(picture, margin)
    const found = network.look(input, leastScore)
    return found.flatMap(({ score, box }) => toFace({ score, box, side: fullSide * factor }, picture))
  }
  return {
    findFaces: async (picture) => {
      const first = keepBest(look(picture, farther), mostOverlap)
      if (first.some(({ score }) => score >= sure)) return first.slice(0, mostFaces)
      const second = look(picture, 1)
      return keepBest([...first, ...second], mostOverlap).slice(0, mostFaces)
    },
  }
}

/** `side`: pixels of the picture that the network's full side stands for. */
function toFace(
  { score, box, side }: { score: number; box: ShareBox; side: number },
  { width, height }: RgbPicture,
): Face[] {
  const inside = insidePicture({
    x: (box.x * side) / width,
    y: (box.y * side) / height,
    width: (box.width * side) / width,
    height: (box.height * side) / height,
  })
  return inside ? [{ box: inside, score: Math.min(1, score), turned: null }] : []
}

/** In Node the bundle looks for modules that are not in it; as a browser it only asks for files, which we read. */
async function importForBrowsers(path: string): Promise<FaceApi> {
  const { versions } = process
  Object.defineProperty(process, 'versions', { value: { ...versions, node: undefined }, configurable: true })
  Object.assign(globalThis, { window: { document: {} }, fetch: readLocally })
  // Compiling while it streams wants a real response; from a disk there is nothing to gain.
  Object.assign(Reflect.get(globalThis, 'WebAssembly') as object, { instantiateStreaming: undefined })
  return import(pathToFileURL(path).href) as Promise<FaceApi>
}

/** Nothing is ever fetched: only TensorFlow's own programs are asked for, by their path. */
async function readLocally(path: unknown): Promise<{ ok: boolean; arrayBuffer: () => Promise<ArrayBuffer> }> {
  return { ok: true, arrayBuffer: () => readBytes(String(path)) }
}

async function readBytes(path: string): Promise<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = await readFile(path)
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
}

class Nothing {}
const nothingToDrawOn = {
  Canvas: Nothing,
  CanvasRenderingContext2D: Nothing,
  Image: Nothing,
  ImageData: Nothing,
  Video: Nothing,
  createCanvasElement: () => new Nothing(),
  createImageElement: () => new Nothing(),
  createVideoElement: () => new Nothing(),
  fetch: readLocally,
}
