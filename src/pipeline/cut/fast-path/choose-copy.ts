import { type FrameRate, perSecond } from '../graph/choose-frame-rate.ts'
import type { PicturePacket } from './list-packets.ts'

/** Why a clip's picture can't be copied; the sentence is for a person. */
export class NoFastPath extends Error {}

/** Which coded pictures of a recording are copied into a clip. Frames are counted from the clip's first. */
export interface CopyPlan {
  /** When the clip's first frame is shown, seconds from where the clip was to begin: less than a frame off. */
  firstAt: number
  /** The frames before it are made anew. */
  firstFrame: number
  /** The frames from it on are made anew. */
  endFrame: number
  /** What is copied, in the order of decoding, and which frame each is. */
  packets: (PicturePacket & { frame: number })[]
}

interface CopyRequest {
  /** Times are from where the clip is to begin. */
  packets: readonly PicturePacket[]
  frameRate: FrameRate
  frameCount: number
  /** Which keyframes are clean (IDR): nothing after one refers to anything before it. By number of packet. */
  clean: ReadonlySet<number>
}

/** How far a frame may be shown from where a steady rate has it, in frames. Matroska rounds to a millisecond. */
const mostJitter = 0.3
/** Below it, the two encodes of the ends and the joining take as long as one encode of everything. */
const leastShare = 0.5

/**
 * Finds the longest run of coded pictures that can be copied as they are: from the first clean keyframe of the clip on, as long as
 * what was decoded so far is every frame up to some point. It needs no keyframe to end at: nothing that is left out is referred to.
 *
 * @throws NoFastPath
 */
export function chooseCopy({ packets, frameRate, frameCount, clean }: CopyRequest): CopyPlan {
  const rate = perSecond(frameRate)
  const firstAt = packets.reduce((best, { time }) => (Math.abs(time) < Math.abs(best) ? time : best), Infinity)
  if (Math.abs(firstAt) > 0.51 / rate) throw new NoFastPath('There is no picture where the clip begins.')
  const numbered = packets.map((packet) => {
    const exact = (packet.time - firstAt) * rate
    return { ...packet, frame: Math.round(exact), jitter: Math.abs(exact - Math.round(exact)) }
  })
  const inside = numbered.filter(({ frame }) => frame >= 0 && frame < frameCount)
  if (
    inside.some(({ jitter }) => jitter > mostJitter) ||
    new Set(inside.map(({ frame }) => frame)).size !== frameCount ||
    inside.length !== frameCount
  )
    throw new NoFastPath('The pictures of the recording do not come evenly here.')
  const first = numbered.findIndex(({ frame }, i) => frame >= 0 && clean.has(i))
  if (first < 0) throw new NoFastPath('There is no clean keyframe in this part of the recording.')
  const count = wholeRun(numbered.slice(first), frameCount)
  if (count < leastShare * frameCount)
    throw new NoFastPath('Keyframes are so far apart here that too little could be copied.')
  const run = numbered.slice(first, first + count).map(({ jitter: _jitter, ...packet }) => packet)
  const firstFrame = run[0]?.frame ?? 0
  return { firstAt, firstFrame, endFrame: firstFrame + count, packets: run }
}

/** How many packets from the first on are together every frame from the first's on, without holes. */
function wholeRun(packets: readonly { frame: number }[], frameCount: number): number {
  const from = packets[0]?.frame ?? 0
  let [latest, whole] = [from, 0]
  for (const [i, { frame }] of packets.entries()) {
    // A picture shown before its keyframe is of the group before: the keyframe was not clean.
    if (frame < from) break
    latest = Math.max(latest, frame)
    if (latest >= frameCount) break
    if (latest - from === i) whole = i + 1
  }
  return whole
}
