import { perSecond } from './choose-frame-rate.ts'
import { longestGap, type Timeline, type TimelineStretch } from './plan-timeline.ts'

/** One sitting with the recording: stretches close behind each other are read through once, and what lies between is dropped. */
export interface Read {
  /** Seconds of the recording. */
  start: number
  /** How much is read, in frames. */
  frameCount: number
  /** What is kept, in order; `firstFrame` counts from the read's start. */
  stretches: { stretch: TimelineStretch; firstFrame: number }[]
}

/** How a timeline is read: as few openings of the recording as its order allows. Stretches of one read lie on its frames. */
export function planReads({ stretches, frameRate }: Pick<Timeline, 'stretches' | 'frameRate'>): Read[] {
  const rate = perSecond(frameRate)
  const reads: Read[] = []
  for (const stretch of stretches) {
    const read = reads.at(-1)
    const firstFrame = read ? Math.round((stretch.start - read.start) * rate) : 0
    if (read && continues(read, { stretch, firstFrame, rate })) {
      read.stretches.push({ stretch, firstFrame })
      read.frameCount = firstFrame + stretch.frameCount
    } else reads.push({ start: stretch.start, frameCount: stretch.frameCount, stretches: [{ stretch, firstFrame: 0 }] })
  }
  return reads
}

function continues(
  read: Read,
  { stretch, firstFrame, rate }: { stretch: TimelineStretch; firstFrame: number; rate: number },
): boolean {
  const gap = firstFrame - read.frameCount
  const offGrid = Math.abs(read.start + firstFrame / rate - stretch.start)
  return gap >= 0 && gap <= longestGap * rate && offGrid < 1e-4
}
