import { BitReader } from './bit-reader.ts'

/** What matters here of a sequence parameter set. ITU-T H.264, 7.3.2.1.1. */
export interface Sequence {
  id: number
  /** `profile_idc`: 66 baseline, 77 main, 100 high … */
  profile: number
  /** `level_idc`: 41 is 4.1. */
  level: number
  /** 1 is 4:2:0. */
  chromaFormat: number
  bitDepth: number
  /** Whether every picture is a whole frame, never a field. */
  framesOnly: boolean
  /** As stored, after cropping; pixels. */
  width: number
  height: number
  /** Width of a pixel ÷ its height. */
  pixelShape: number
  fullRange: boolean
  /** Primaries, transfer and matrix as H.264 numbers them; null where it does not say. */
  colours: { primaries: number; transfer: number; matrix: number } | null
}

const profilesWithChroma = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135])

/** Reads a sequence parameter set, its NAL header included. @throws RangeError when it is none */
export function parseSequence(nal: Uint8Array): Sequence {
  const profile = nal[1] ?? 0
  const level = nal[3] ?? 0
  const reader = new BitReader(nal.subarray(4))
  const id = reader.unsigned()
  const { chromaFormat, bitDepth } = profilesWithChroma.has(profile)
    ? readChroma(reader)
    : { chromaFormat: 1, bitDepth: 8 }
  // log2_max_frame_num_minus4
  reader.unsigned()
  skipPictureOrder(reader)
  // max_num_ref_frames, gaps_in_frame_num_value_allowed_flag
  reader.unsigned()
  reader.bit()
  const [columns, rows] = [reader.unsigned() + 1, reader.unsigned() + 1]
  const framesOnly = reader.bit() === 1
  if (!framesOnly) reader.bit()
  // direct_8x8_inference_flag
  reader.bit()
  const crop = reader.bit() ? [0, 0, 0, 0].map(() => reader.unsigned()) : [0, 0, 0, 0]
  const [left = 0, right = 0, top = 0, bottom = 0] = crop
  const [unitX, unitY] = [chromaFormat === 1 || chromaFormat === 2 ? 2 : 1, chromaFormat === 1 ? 2 : 1]
  const fields = framesOnly ? 1 : 2
  return {
    ...{ id, profile, level, chromaFormat, bitDepth, framesOnly },
    width: 16 * columns - unitX * (left + right),
    height: 16 * rows * fields - unitY * fields * (top + bottom),
    ...(reader.bit() ? readUsability(reader) : { pixelShape: 1, fullRange: false, colours: null }),
  }
}

/** The number of a picture parameter set, and of the sequence it belongs to. */
export function parsePictureSet(nal: Uint8Array): { id: number; sequence: number } {
  const reader = new BitReader(nal.subarray(1))
  return { id: reader.unsigned(), sequence: reader.unsigned() }
}

function readChroma(reader: BitReader): { chromaFormat: number; bitDepth: number } {
  const chromaFormat = reader.unsigned()
  if (chromaFormat === 3) reader.bit()
  const bitDepth = 8 + Math.max(reader.unsigned(), reader.unsigned())
  // qpprime_y_zero_transform_bypass_flag
  reader.bit()
  if (reader.bit()) for (let i = 0; i < (chromaFormat === 3 ? 12 : 8); i++) skipScalingList(reader, i < 6 ? 16 : 64)
  return { chromaFormat, bitDepth }
}

function skipScalingList(reader: BitReader, size: number): void {
  if (!reader.bit()) return
  let [last, next] = [8, 8]
  for (let i = 0; i < size; i++) {
    if (next !== 0) next = (last + reader.signed() + 256) % 256
    last = next === 0 ? last : next
  }
}

function skipPictureOrder(reader: BitReader): void {
  const type = reader.unsigned()
  if (type === 0) reader.unsigned()
  if (type !== 1) return
  reader.bit()
  reader.signed()
  reader.signed()
  const cycle = reader.unsigned()
  for (let i = 0; i < cycle; i++) reader.signed()
}

/** Widths and heights of pixels by `aspect_ratio_idc`; table E-1. */
const pixelShapes = [
  [1, 1],
  [1, 1],
  [12, 11],
  [10, 11],
  [16, 11],
  [40, 33],
  [24, 11],
  [20, 11],
  [32, 11],
  [80, 33],
  [18, 11],
  [15, 11],
  [64, 33],
  [160, 99],
  [4, 3],
  [3, 2],
  [2, 1],
] as const

/** The beginning of the VUI, as far as it tells how pixels are to be shown. Annex E. */
function readUsability(reader: BitReader): Pick<Sequence, 'pixelShape' | 'fullRange' | 'colours'> {
  let pixelShape = 1
  if (reader.bit()) {
    const kind = reader.bits(8)
    const [wide, high] = kind === 255 ? [reader.bits(16), reader.bits(16)] : (pixelShapes[kind] ?? [1, 1])
    pixelShape = wide > 0 && high > 0 ? wide / high : 1
  }
  if (reader.bit()) reader.bit()
  if (!reader.bit()) return { pixelShape, fullRange: false, colours: null }
  reader.bits(3)
  const fullRange = reader.bit() === 1
  if (!reader.bit()) return { pixelShape, fullRange, colours: null }
  return {
    pixelShape,
    fullRange,
    colours: { primaries: reader.bits(8), transfer: reader.bits(8), matrix: reader.bits(8) },
  }
}
