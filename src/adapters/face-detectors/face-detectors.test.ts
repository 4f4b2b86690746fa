import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kill } from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeFaceDetector } from '../../../test/suites/face-detector-suite.ts'
import { FakeFaceDetector } from '../../../test/support/fake-face-detector.ts'
import { makeOnnx } from '../../../test/support/make-onnx.ts'
import { createMedia } from '../../media/create-media.ts'
import { findMediaTools } from '../../media/find-media-tools.ts'
import { mediaInput } from '../../media/media-input.ts'
import type { RgbPicture } from '../../pipeline/reframe/face-detector.ts'
import { strides } from './decode-yunet.ts'
import { faceApiDetector } from './face-api-detector.ts'
import type { FaceProcess } from './face-process-client.ts'
import { findFaceDetector, modelFile, modelPath } from './find-face-detector.ts'
import { toInput } from './load-yunet.ts'
import { yunetDetector } from './yunet-detector.ts'

const { signal } = new AbortController()
const demo = new URL('../../../examples/night-bakery.mp4', import.meta.url).pathname
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipwright-faces-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A picture of the demo: the baker alone, drawn, right of the middle. */
async function demoPicture(filter = 'null'): Promise<RgbPicture> {
  const media = createMedia({ tools: await findMediaTools({}) })
  const [width, height] = [640, 360]
  const pixels = await media.ffmpegBytes({
    args: [
      ...mediaInput(demo, ['-ss', '232']),
      ...['-frames:v', '1', '-vf', `${filter},scale=${width}:${height},format=rgb24`, '-f', 'rawvideo', 'pipe:1'],
    ],
    mostBytes: 3 * width * height,
  })
  return { width, height, pixels: new Uint8Array(pixels) }
}

function crashOf(process: FaceProcess): () => Promise<void> {
  return async () => {
    // It is asked just now; wait until it is there to be killed.
    await expect.poll(() => process.pid).not.toBeNull()
    if (process.pid !== null) kill(process.pid, 'SIGKILL')
  }
}

function painted(patches: readonly { x: number; y: number }[]): RgbPicture {
  const [width, height] = [320, 180]
  const pixels = new Uint8Array(3 * width * height).fill(90)
  for (const { x, y } of patches) {
    for (let dy = 0; dy < 60; dy++) {
      for (let dx = 0; dx < 48; dx++) pixels.set([255, 0, 255], 3 * ((y + dy) * width + x + dx))
    }
  }
  return { width, height, pixels }
}

describeFaceDetector('fake', async () => ({
  detector: new FakeFaceDetector(),
  withFace: painted([{ x: 100, y: 40 }]),
  where: { x: 100 / 320, y: 40 / 180, width: 48 / 320, height: 60 / 180 },
  withoutFace: painted([]),
}))

describeFaceDetector('face-api', async () => {
  const detector = faceApiDetector()
  return {
    detector,
    withFace: await demoPicture(),
    where: { x: 0.55, y: 0.23, width: 0.16, height: 0.37 },
    withoutFace: await demoPicture('crop=300:200:560:20'),
    crash: crashOf(detector.process),
    dispose: async () => detector.process.end(),
  }
})

/** A network of YuNet's shape that sees one face wherever it looks: what loading and reading it takes, without its weights. */
function syntheticYunet({ without = '', sees = true } = {}): Buffer {
  const side = 640
  const outputs = strides.flatMap((stride) => {
    const places = (side / stride) ** 2
    const value = (name: string, per: number) => {
      const values = new Float32Array(places * per)
      const at = 5 * (side / stride) + 10
      if (stride === 32 && sees) {
        if (name === 'cls' || name === 'obj') values[at] = 0.95
        if (name === 'bbox') values.set([0, 0, Math.log(3), Math.log(4)], 4 * at)
      }
      return { name: `${name}_${stride}`, shape: [1, places, per], values }
    }
    return [value('cls', 1), value('obj', 1), value('bbox', 4), value('kps', 10)]
  })
  return makeOnnx({
    input: { name: 'input', shape: [1, 3, side, side] },
    outputs: outputs.filter(({ name }) => name !== without),
  })
}

describe('yunet', () => {
  const picture = { width: 640, height: 360, pixels: new Uint8Array(3 * 640 * 360).fill(100) }
  const write = async (name: string, bytes: Uint8Array | string) => {
    const path = join(folder, name)
    await writeFile(path, bytes)
    return path
  }

  test('a model of its shape is loaded, asked and read', async () => {
    const detector = yunetDetector(await write('yunet.onnx', syntheticYunet()))
    const faces = await detector.findFaces(picture, { signal })
    detector.process.end()
    expect(faces).toHaveLength(1)
    // Middle at (10, 5) strides of 32, 96 × 128 pixels large.
    expect(faces[0]?.box.x).toBeCloseTo((320 - 48) / 640, 4)
    expect(faces[0]?.box.y).toBeCloseTo((160 - 64) / 360, 4)
    expect(faces[0]?.box.height).toBeCloseTo(128 / 360, 4)
    expect(faces[0]?.score).toBeCloseTo(0.95, 4)
  })

  test('another model has another version', async () => {
    const one = yunetDetector(await write('one.onnx', syntheticYunet()))
    const other = yunetDetector(await write('other.onnx', syntheticYunet({ sees: false })))
    expect(one.version).not.toBe(other.version)
  })

  test('killed in the middle, the call ends with our error, and the next one works', async () => {
    const detector = yunetDetector(await write('killed.onnx', syntheticYunet()))
    const ended = expect(detector.findFaces(picture, { signal })).rejects.toMatchObject({
      code: 'FACE_DETECTOR_FAILED',
    })
    await crashOf(detector.process)()
    await ended
    expect(await detector.findFaces(picture, { signal })).toHaveLength(1)
    detector.process.end()
  })

  test.each([
    ['a missing file', null, 'it is not there'],
    ['an empty file', '', '0 bytes'],
    ['a text', 'x'.repeat(50_000), 'not an ONNX file'],
    ['a web page', `<!DOCTYPE html>${' '.repeat(50_000)}`, 'not an ONNX file'],
  ])('%s is refused at once', async (name, content, problem) => {
    const path = content === null ? join(folder, 'nothing.onnx') : await write(`${name}.onnx`, content)
    expect(() => yunetDetector(path)).toThrow(
      expect.objectContaining({ code: 'FACE_MODEL_UNUSABLE', message: expect.stringContaining(problem) }),
    )
  })

  test.each([
    ['another network', syntheticYunet({ without: 'kps_16' }), 'another model than YuNet'],
    ['a torn one', syntheticYunet().subarray(0, 60_000), "can't be used"],
  ])('%s is refused when it is loaded', async (name, bytes, problem) => {
    const detector = yunetDetector(await write(`${name}.onnx`, bytes))
    await expect(detector.findFaces(picture, { signal })).rejects.toMatchObject({
      code: 'FACE_MODEL_UNUSABLE',
      message: expect.stringContaining(problem),
    })
  })

  test('a picture is laid at the top left, blue first, larger ones made smaller', () => {
    const { values, scaled } = toInput({ width: 2, height: 1, pixels: Uint8Array.from([1, 2, 3, 4, 5, 6]) })
    const plane = 640 * 640
    expect(scaled).toEqual({ width: 2, height: 1 })
    expect([values[0], values[1], values[2]]).toEqual([3, 6, 0])
    expect([values[plane], values[2 * plane]]).toEqual([2, 1])
    expect(toInput({ width: 1280, height: 640, pixels: new Uint8Array(3 * 1280 * 640) }).scaled).toEqual({
      width: 640,
      height: 320,
    })
  })
})

test('which one is used: the setting, a file in the data folder, what comes along', async () => {
  const given = join(folder, 'mine.onnx')
  expect(modelPath({ model: given, dataFolder: folder })).toBe(given)
  expect(modelPath({ model: undefined, dataFolder: folder })).toBeNull()
  expect(findFaceDetector({ model: undefined, dataFolder: folder }).name).toBe('face-api-ssd')
  const dataFolder = await mkdtemp(join(folder, 'data-'))
  await mkdir(join(dataFolder, 'models'))
  await writeFile(join(dataFolder, modelFile), syntheticYunet())
  expect(findFaceDetector({ model: undefined, dataFolder }).name).toBe('yunet')
  expect(() => findFaceDetector({ model: given, dataFolder })).toThrow(
    expect.objectContaining({ code: 'FACE_MODEL_UNUSABLE' }),
  )
})
