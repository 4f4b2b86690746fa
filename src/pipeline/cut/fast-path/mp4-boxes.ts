import type { FrameRate } from '../graph/choose-frame-rate.ts'
import type { Sequence } from './parameter-sets.ts'

/** One coded picture of the file, in the order of decoding. */
export interface Mp4Sample {
  size: number
  /** Which frame of the clip it is. */
  frame: number
  /** Whether a player may begin with it. */
  isClean: boolean
}

export interface Mp4Picture {
  frameRate: FrameRate
  samples: readonly Mp4Sample[]
  /** All sequence and picture parameter sets that any of the pictures names, each under a number of its own. */
  sequences: readonly Uint8Array[]
  pictures: readonly Uint8Array[]
  /** Of the recording. */
  sequence: Sequence
  /** Where the first picture's bytes begin in the file; the others follow without gaps. */
  dataOffset: number
}

/**
 * The index of a file with one H.264 picture track. ISO/IEC 14496-12 (boxes) and 14496-15, 5.3.3 (`avcC`), which lets a track have
 * several parameter sets: ffmpeg's own muxer writes those of its first picture only, and pictures made by another encoder are
 * nonsense to it.
 */
export function movieBox(picture: Mp4Picture): Buffer {
  const { frameRate, samples, sequence } = picture
  const [scale, tick] = [frameRate.numerator, frameRate.denominator]
  const length = samples.length * tick
  // How much later than it is decoded a picture may be shown at most; the edit list takes it off again.
  const delay = samples.reduce((most, { frame }, i) => Math.max(most, i - frame), 0)
  const edit = full('elst', 0, 0, [u32(1), u32(length), u32(delay * tick), u16(1), u16(0)])
  const header = [u32(0), u32(0), u32(scale), u32(length)]
  const unity = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(u32)
  return box('moov', [
    full('mvhd', 0, 0, [...header, u32(0x10000), u16(0x100), zeros(10), ...unity, zeros(24), u32(2)]),
    box('trak', [
      full('tkhd', 0, 3, [
        ...[u32(0), u32(0), u32(1), u32(0), u32(length), zeros(16), ...unity],
        ...[u32(sequence.width * 0x10000), u32(sequence.height * 0x10000)],
      ]),
      box('edts', [edit]),
      box('mdia', [
        full('mdhd', 0, 0, [...header, u16(0x55c4), u16(0)]),
        full('hdlr', 0, 0, [u32(0), Buffer.from('vide'), zeros(12), Buffer.from('picture\0')]),
        box('minf', [
          full('vmhd', 0, 1, [zeros(8)]),
          box('dinf', [full('dref', 0, 0, [u32(1), full('url ', 0, 1, [])])]),
          box('stbl', sampleTables(picture, { tick, delay })),
        ]),
      ]),
    ]),
  ])
}

function sampleTables(picture: Mp4Picture, { tick, delay }: { tick: number; delay: number }): Buffer[] {
  const { samples, dataOffset } = picture
  const shown = samples.map(({ frame }, i) => Buffer.concat([u32(1), u32((frame + delay - i) * tick)]))
  const clean = samples.flatMap(({ isClean }, i) => (isClean ? [u32(i + 1)] : []))
  return [
    full('stsd', 0, 0, [u32(1), sampleEntry(picture)]),
    full('stts', 0, 0, [u32(1), u32(samples.length), u32(tick)]),
    full('ctts', 0, 0, [u32(samples.length), ...shown]),
    full('stss', 0, 0, [u32(clean.length), ...clean]),
    full('stsc', 0, 0, [u32(1), u32(1), u32(samples.length), u32(1)]),
    full('stsz', 0, 0, [u32(0), u32(samples.length), ...samples.map(({ size }) => u32(size))]),
    full('co64', 0, 0, [u32(1), u32(0), u32(dataOffset)]),
  ]
}

function sampleEntry({ sequences, pictures, sequence }: Mp4Picture): Buffer {
  const { width, height, colours, fullRange } = sequence
  const first = sequences[0] ?? Buffer.alloc(4)
  const withLength = (nal: Uint8Array) => Buffer.concat([u16(nal.length), nal])
  const configuration = box('avcC', [
    Buffer.from([1, ...first.subarray(1, 4), 0xff, 0xe0 | sequences.length]),
    ...sequences.map(withLength),
    Buffer.from([pictures.length]),
    ...pictures.map(withLength),
    // 4:2:0, 8 bits, no extensions: profiles from high on say it once more.
    ...([66, 77, 88].includes(sequence.profile) ? [] : [Buffer.from([0xfd, 0xf8, 0xf8, 0])]),
  ])
  const { primaries, transfer, matrix } = colours ?? { primaries: 2, transfer: 2, matrix: 2 }
  const colour = box('colr', [
    Buffer.from('nclx'),
    ...[primaries, transfer, matrix].map(u16),
    Buffer.from([fullRange ? 0x80 : 0]),
  ])
  return box('avc1', [
    ...[zeros(6), u16(1), zeros(16), u16(width), u16(height), u32(0x480000), u32(0x480000), u32(0), u16(1)],
    ...[zeros(32), u16(24), u16(0xffff), configuration, ...(colours ? [colour] : [])],
  ])
}

function box(type: string, parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([u32(8 + body.length), Buffer.from(type), body])
}

function full(type: string, version: number, flags: number, parts: readonly Uint8Array[]): Buffer {
  return box(type, [u32(version * 0x1000000 + flags), ...parts])
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function zeros(count: number): Buffer {
  return Buffer.alloc(count)
}
