import { type FileHandle, open, readFile } from 'node:fs/promises'
import type { FrameRate } from '../graph/choose-frame-rate.ts'
import { type CopyPlan, NoFastPath } from './choose-copy.ts'
import { type Mp4Sample, movieBox } from './mp4-boxes.ts'
import { kindOf, nalKinds, splitNalUnits } from './nal-units.ts'
import type { ParameterSets } from './parameter-set-list.ts'
import type { Sequence } from './parameter-sets.ts'

interface JoinRequest {
  /** The recording's stream, in which the plan's packets lie. */
  streamPath: string
  plan: CopyPlan
  /** Streams of the frames before and after; null where there are none. */
  headPath: string | null
  tailPath: string | null
  sets: ParameterSets
  sequence: Sequence
  frameRate: FrameRate
  frameCount: number
  output: string
}

/** Writes the frames made anew and the copied ones into one file with one index. Reads picture by picture, so memory stays flat. */
export async function joinPictures(request: JoinRequest): Promise<void> {
  const { streamPath, plan, headPath, tailPath, sets, output } = request
  await using file = await open(output, 'w')
  await using stream = await open(streamPath, 'r')
  const writer = new PictureWriter(file)
  await writer.begin()
  if (headPath) await writeBorder(writer, { path: headPath, sets, firstFrame: 0, endFrame: plan.firstFrame })
  for (const { offset, size, frame } of plan.packets) {
    const bytes = Buffer.alloc(size)
    await stream.read(bytes, 0, size, offset)
    const units = splitNalUnits(bytes)
    sets.take(units)
    await writer.write(units, frame)
  }
  if (tailPath) {
    await writeBorder(writer, { path: tailPath, sets, firstFrame: plan.endFrame, endFrame: request.frameCount })
  }
  await writer.end(request)
}

interface Border {
  path: string
  sets: ParameterSets
  firstFrame: number
  endFrame: number
}

/** A border is a few dozen pictures, each behind a delimiter. */
async function writeBorder(writer: PictureWriter, { path, sets, firstFrame, endFrame }: Border): Promise<void> {
  const pictures: Buffer[][] = []
  for (const unit of splitNalUnits(await readFile(path))) {
    if (kindOf(unit) === nalKinds.delimiter) pictures.push([])
    pictures.at(-1)?.push(unit)
  }
  if (pictures.length !== endFrame - firstFrame)
    throw new NoFastPath('The frames at its ends could not be made anew one for one.')
  for (const [i, units] of pictures.entries()) {
    sets.take(units)
    // What its encoder tells about itself would be another's in the middle of the clip.
    await writer.write(
      units.filter((unit) => kindOf(unit) !== nalKinds.information),
      firstFrame + i,
    )
  }
}

/** In the index or of no use in a file. */
const leftOut: ReadonlySet<number> = new Set([nalKinds.sequence, nalKinds.picture, nalKinds.delimiter, nalKinds.filler])

/** Two boxes' headers in front of the data: `ftyp`, and `mdat` with a length of 64 bits. */
const dataOffset = 24 + 16

class PictureWriter {
  readonly #file: FileHandle
  readonly #samples: Mp4Sample[] = []
  #size = 0

  constructor(file: FileHandle) {
    this.#file = file
  }

  async begin(): Promise<void> {
    const start = Buffer.alloc(dataOffset)
    start.writeUInt32BE(24, 0)
    start.write('ftypisom', 4)
    start.writeUInt32BE(0x200, 12)
    start.write('isomavc1', 16)
    start.writeUInt32BE(1, 24)
    start.write('mdat', 28)
    await this.#file.write(start)
  }

  /** Length in front of each unit, in place of a start code. */
  async write(units: readonly Buffer[], frame: number): Promise<void> {
    const kept = units.filter((unit) => !leftOut.has(kindOf(unit)))
    const bytes = Buffer.concat(
      kept.flatMap((unit) => {
        const length = Buffer.alloc(4)
        length.writeUInt32BE(unit.length)
        return [length, unit]
      }),
    )
    await this.#file.write(bytes)
    this.#size += bytes.length
    const isClean = kept.some((unit) => kindOf(unit) === nalKinds.clean)
    this.#samples.push({ size: bytes.length, frame, isClean })
  }

  async end({ sets, sequence, frameRate }: JoinRequest): Promise<void> {
    const lists = { sequences: sets.sequences(), pictures: sets.pictures() }
    await this.#file.write(movieBox({ frameRate, samples: this.#samples, ...lists, sequence, dataOffset }))
    const length = Buffer.alloc(8)
    length.writeBigUInt64BE(BigInt(this.#size + 16))
    await this.#file.write(length, 0, 8, 32)
  }
}
