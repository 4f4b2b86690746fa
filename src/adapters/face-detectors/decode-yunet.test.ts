import { expect, test } from 'vitest'
import { decodeYunet, strides } from './decode-yunet.ts'

const side = 64
type Outputs = Record<string, Float32Array>

/** All outputs of a network that sees nothing. */
function nothing(): Outputs {
  return Object.fromEntries(
    strides.flatMap((stride) => {
      const places = (side / stride) ** 2
      return [
        [`cls_${stride}`, new Float32Array(places)],
        [`obj_${stride}`, new Float32Array(places)],
        [`bbox_${stride}`, new Float32Array(4 * places)],
        [`kps_${stride}`, new Float32Array(10 * places)],
      ]
    }),
  )
}

interface Seen {
  stride: number
  column: number
  row: number
  score: number
  /** Offsets of the middle and sides, in strides. */
  box: [number, number, number, number]
  nose?: number
}

function seeing(...faces: Seen[]): Outputs {
  const outputs = nothing()
  for (const { stride, column, row, score, box, nose = 0 } of faces) {
    const i = row * (side / stride) + column
    const [x, y, width, height] = box
    outputs[`cls_${stride}`]?.set([score], i)
    outputs[`obj_${stride}`]?.set([score], i)
    outputs[`bbox_${stride}`]?.set([x, y, Math.log(width), Math.log(height)], 4 * i)
    outputs[`kps_${stride}`]?.set([-0.5, 0, 0.5, 0, nose, 0, 0, 0, 0, 0], 10 * i)
  }
  return outputs
}

const decode = (outputs: Outputs, picture = { width: side, height: side }) =>
  decodeYunet({ outputs, input: { width: side, height: side }, picture })

test('nothing seen, nobody there', () => {
  expect(decode(nothing())).toEqual([])
})

test('a place and its offsets become a box in shares of the picture', () => {
  // Middle at (2 + 0.5, 1 + 0.25) strides of 16, 2 × 1.5 strides large.
  const [face] = decode(seeing({ stride: 16, column: 2, row: 1, score: 0.81, box: [0.5, 0.25, 2, 1.5] }))
  expect(face?.score).toBeCloseTo(0.81, 5)
  expect(face?.box.x).toBeCloseTo((40 - 16) / 64, 5)
  expect(face?.box.y).toBeCloseTo((20 - 12) / 64, 5)
  expect(face?.box.width).toBeCloseTo(32 / 64, 5)
  expect(face?.box.height).toBeCloseTo(24 / 64, 5)
})

test('the padding below a wide picture does not count', () => {
  const face = decode(seeing({ stride: 8, column: 2, row: 1, score: 0.9, box: [0, 0, 1, 1] }), {
    width: 64,
    height: 32,
  })[0]
  expect(face?.box.y).toBeCloseTo(4 / 32, 5)
  expect(face?.box.height).toBeCloseTo(8 / 32, 5)
})

test('a face seen twice is one face, the surer one', () => {
  const faces = decode(
    seeing(
      { stride: 16, column: 1, row: 1, score: 0.7, box: [0, 0, 2, 2] },
      { stride: 8, column: 2, row: 2, score: 0.9, box: [0, 0, 4, 4] },
      { stride: 8, column: 6, row: 6, score: 0.8, box: [0, 0, 2, 2] },
    ),
  )
  expect(faces.map(({ score }) => Math.round(score * 10) / 10)).toEqual([0.9, 0.8])
})

test('doubt is nobody', () => {
  expect(decode(seeing({ stride: 8, column: 2, row: 2, score: 0.5, box: [0, 0, 2, 2] }))).toEqual([])
})

test('the nose says which way a face looks', () => {
  const turned = (nose: number) =>
    decode(seeing({ stride: 32, column: 0, row: 0, score: 0.9, box: [0.5, 0.5, 1, 1], nose }))[0]?.turned
  expect(turned(0)).toBeCloseTo(0, 5)
  expect(turned(0.4)).toBeGreaterThan(0.5)
  expect(turned(-2)).toBe(-1)
})

test('boxes are held inside the picture; those outside of it, and nonsense, are left out', () => {
  const [face] = decode(seeing({ stride: 32, column: 0, row: 0, score: 0.9, box: [0, 0, 1.5, 1.5] }))
  expect(face?.box).toMatchObject({ x: 0, y: 0, width: expect.closeTo(0.375, 5), height: expect.closeTo(0.375, 5) })
  expect(decode(seeing({ stride: 32, column: 0, row: 0, score: 0.9, box: [-3, 0, 1, 1] }))).toEqual([])
  expect(decode(seeing({ stride: 32, column: 0, row: 0, score: 0.9, box: [Number.NaN, 0, 1, 1] }))).toEqual([])
  expect(decode(seeing({ stride: 32, column: 0, row: 0, score: Number.NaN, box: [0, 0, 1, 1] }))).toEqual([])
})

test('another model is refused in words', () => {
  const { obj_16: _left, ...others } = nothing()
  expect(() => decode(others as Outputs)).toThrow('no outputs for stride 16')
})
