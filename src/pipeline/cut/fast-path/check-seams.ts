import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Media } from '../../../media/create-media.ts'
import { mediaInput } from '../../../media/media-input.ts'
import { type FrameRate, perSecond } from '../graph/choose-frame-rate.ts'
import { NoFastPath } from './choose-copy.ts'

interface SeamsRequest {
  media: Media
  folder: string
  fileName: string
  frameRate: FrameRate
  frameCount: number
  copied: { firstFrame: number; endFrame: number }
}

/** How many frames on each side of a seam are looked at: more than any picture refers back by. */
const around = 20
const complaints = /error|invalid|missing|conceal|mmco|non-existing|out of range|corrupt|no frame/i

/**
 * Decodes a joined file where it was joined: from its start over the first seam, and over the last one to its end. Every frame must
 * come out, and the decoder must not complain. @throws NoFastPath
 */
export async function checkSeams({ copied, ...request }: SeamsRequest): Promise<void> {
  const { frameCount } = request
  await checkFrames(request, { from: 0, to: Math.min(frameCount, copied.firstFrame + around) })
  await checkFrames(request, { from: Math.max(0, copied.endFrame - around), to: frameCount })
}

async function checkFrames(
  { media, folder, fileName, frameRate }: Omit<SeamsRequest, 'copied'>,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const rate = perSecond(frameRate)
  const complained: string[] = []
  // Half a frame early at both ends, so that rounding decides nothing.
  const seek = from === 0 ? [] : ['-ss', ((from - 0.5) / rate).toFixed(4)]
  const length = ((to - from + (from === 0 ? -0.5 : 0)) / rate).toFixed(4)
  await media.ffmpegLines({
    args: [
      ...mediaInput(join(folder, fileName), [...seek, '-t', length]),
      ...['-map', '0:v', '-r', `${frameRate.numerator}/${frameRate.denominator}`, '-f', 'framecrc', '-y', 'seam.txt'],
    ],
    cwd: folder,
    duration: (to - from) / rate,
    onLine: (line) => {
      if (/^\[(h264|mov|aac)[ ,]/.test(line) && complaints.test(line)) complained.push(line)
    },
  })
  if (complained.length > 0) throw new NoFastPath('A player would stumble where the copy begins or ends.')
  const frames = (await readFile(join(folder, 'seam.txt'), 'utf8')).split('\n').filter((line) => line.startsWith('0,'))
  if (frames.length !== to - from) throw new NoFastPath('Frames are missing where the copy begins or ends.')
}
