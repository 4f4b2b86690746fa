import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaInfo, VideoStream } from '../../../domain/media-info.ts'
import { roundToMs } from '../../../domain/time-range.ts'
import type { Media } from '../../../media/create-media.ts'
import { seekInput } from '../../../media/seek-input.ts'
import { type FrameRate, perSecond } from '../graph/choose-frame-rate.ts'
import { borderArgs } from './border-args.ts'
import { type CopyPlan, chooseCopy, NoFastPath } from './choose-copy.ts'
import { joinPictures } from './join-pictures.ts'
import { listPackets, type PicturePacket } from './list-packets.ts'
import { kindOf, nalKinds, splitNalUnits } from './nal-units.ts'
import { ParameterSets } from './parameter-set-list.ts'
import type { Sequence } from './parameter-sets.ts'

interface CopyPictureRequest {
  media: Media
  source: { path: string; info: MediaInfo & { video: VideoStream } }
  /** Where the clip is to begin, seconds of the recording. */
  start: number
  frameRate: FrameRate
  frameCount: number
  threads: number
  /** ffmpeg's working folder. */
  folder: string
  /** Of the file with the picture alone, in that folder. */
  fileName: string
}

export interface CopiedPicture {
  /** When its first frame is shown in the recording, seconds: less than a frame from what was asked for. */
  start: number
  /** Frames of the clip from which on, and up to which, pictures were copied. */
  copied: { firstFrame: number; endFrame: number }
}

const files = { list: 'packets.txt', stream: 'stream.h264', head: 'head.h264', tail: 'tail.h264' }

/**
 * Writes a stretch of a recording's picture into a file of its own, frame by frame exact: coded pictures are copied from the first clean
 * keyframe on, the few frames around them are made anew.
 * @throws NoFastPath when that can't be done with this recording, and the failures of ffmpeg
 */
export async function copyPicture(request: CopyPictureRequest): Promise<CopiedPicture> {
  const { source, start, frameRate, frameCount, folder, fileName } = request
  const packets = await readPackets(request)
  const sets = new ParameterSets()
  const clean = await findClean(join(folder, files.stream), { packets, sets })
  const sequence = sets.sequence()
  refuse(sequence, source.info.video)
  const plan = chooseCopy({ packets, frameRate, frameCount, clean })
  const first = start + plan.firstAt
  const [headId, tailId] = sets.freeIds()
  const border = { first, sequence }
  const head = { ...border, id: headId, from: 0, to: plan.firstFrame, fileName: files.head }
  const tail = { ...border, id: tailId, from: plan.endFrame, to: frameCount, fileName: files.tail }
  await joinPictures({
    streamPath: join(folder, files.stream),
    plan,
    headPath: await makeBorder(request, head),
    tailPath: await makeBorder(request, tail),
    ...{ sets, sequence, frameRate, frameCount },
    output: join(folder, fileName),
  })
  return { start: roundToMs(first), copied: copiedFrames(plan) }
}

function copiedFrames({ firstFrame, endFrame }: CopyPlan): CopiedPicture['copied'] {
  return { firstFrame, endFrame }
}

/** What is read on: later pictures may have to be decoded before the last one. Seconds. */
const readOn = 1

/** Copies the stream as it is, and a list of its pictures. Times are from where the clip is to begin. */
async function readPackets({ media, source, start, frameRate, frameCount, folder }: CopyPictureRequest) {
  const { path, info } = source
  const seconds = frameCount / perSecond(frameRate) + readOn
  // A frame early: a keyframe right at the start would else be passed over for the sake of a rounding.
  const from = Math.max(0, start - 1 / perSecond(frameRate))
  const { args, skip } = seekInput({ path, container: info.container, start: from, seconds: seconds + start - from })
  const copied = ['-map', `0:${info.video.streamIndex}`, '-c', 'copy', '-bsf:v', 'h264_mp4toannexb']
  await media.ffmpeg({
    args: [
      ...args,
      ...[...copied, '-f', 'framecrc', '-y', files.list],
      ...[...copied, '-f', 'rawvideo', '-y', files.stream],
    ],
    cwd: folder,
    duration: seconds,
  })
  const lead = skip + start - from
  const list = listPackets(await readFile(join(folder, files.list), 'utf8'))
  return list.map((packet) => ({ ...packet, time: packet.time - lead }))
}

interface Finding {
  packets: readonly PicturePacket[]
  sets: ParameterSets
}

/** Which keyframes are clean, by number of packet; notes the parameter sets on the way. */
async function findClean(streamPath: string, { packets, sets }: Finding): Promise<Set<number>> {
  await using stream = await open(streamPath, 'r')
  const clean = new Set<number>()
  for (const [i, { isKey, offset, size }] of packets.entries()) {
    if (!isKey) continue
    const bytes = Buffer.alloc(size)
    await stream.read(bytes, 0, size, offset)
    const units = splitNalUnits(bytes)
    sets.take(units)
    if (units.some((unit) => kindOf(unit) === nalKinds.clean)) clean.add(i)
  }
  return clean
}

/** What only the stream itself tells. */
function refuse(sequence: Sequence, { width, height }: VideoStream): void {
  const { chromaFormat, bitDepth, framesOnly, pixelShape } = sequence
  if (chromaFormat !== 1 || bitDepth !== 8) throw new NoFastPath('Its colours are finer than those every player knows.')
  if (!framesOnly) throw new NoFastPath('Its pictures may be coded as fields.')
  if (Math.abs(pixelShape - 1) > 0.001) throw new NoFastPath('Its pixels are not square.')
  if (sequence.width !== width || sequence.height !== height) throw new NoFastPath('Its pictures are cut when shown.')
}

interface BorderOfClip {
  /** When the clip's first frame is shown, seconds of the recording. */
  first: number
  sequence: Sequence
  id: number
  /** Frames of the clip. */
  from: number
  to: number
  fileName: string
}

/** The path of the frames made anew; null where there are none to make. */
async function makeBorder(request: CopyPictureRequest, border: BorderOfClip): Promise<string | null> {
  const { media, source, frameRate, threads, folder } = request
  const { first, sequence, id, from, to, fileName } = border
  if (from === to) return null
  const start = first + from / perSecond(frameRate)
  await media.ffmpeg({
    args: borderArgs({ source, frameRate, start, frameCount: to - from, sequence, id, threads, fileName }),
    cwd: folder,
    duration: (to - from) / perSecond(frameRate),
  })
  return join(folder, fileName)
}
