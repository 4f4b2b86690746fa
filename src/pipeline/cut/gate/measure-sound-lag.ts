import { join } from 'node:path'
import type { MediaInfo } from '../../../domain/media-info.ts'
import type { Media } from '../../../media/create-media.ts'
import { mediaInput } from '../../../media/media-input.ts'
import { dropSound, seekInput } from '../../../media/seek-input.ts'
import { perSecond } from '../graph/choose-frame-rate.ts'
import type { Timeline } from '../graph/plan-timeline.ts'
import { findLag, type Lag, loudnessCurve } from './find-lag.ts'

interface LagRequest {
  media: Media
  source: { path: string; info: MediaInfo }
  timeline: Timeline
  /** What plays before the clip in its file, seconds. */
  before: number
  folder: string
  fileName: string
}

/** Compared samples a second, and values of loudness a second: a lag is told to 5 ms. */
const sampleRate = 8000
const rate = 200
/** Seconds compared, at most; seconds of lag looked for to each side. */
const longest = 10
const most = 0.3
/**
 * The recording is opened this much earlier than the rendering opened it, by another seek: a seek that lands wrong would land wrong twice
 * otherwise. Seconds.
 */
const earlier = 2.35

/**
 * How much later the sound of a finished clip is than it should be, by comparing it with the recording's: gain, limiting, music and encoding change
 * how loud it is, not when. Null where that can't be told: silence, a steady tone, music over all.
 */
export async function measureSoundLag(request: LagRequest): Promise<Lag | null> {
  const { source, timeline, before } = request
  const track = source.info.audio[0]
  const stretch = longestStretch(timeline)
  if (!track || !stretch || stretch.seconds < 2) return null
  const seconds = Math.min(longest, stretch.seconds - 0.1)
  const from = stretch.start + (stretch.seconds - seconds) / 2
  const inClip = before + stretch.offset + (from - stretch.start)
  const reach = Math.min(most, from)
  const recording = await soundOf(request, {
    ...openEarlier(source, from - reach),
    pad: `0:${track.streamIndex}`,
    seconds: seconds + reach + most,
  })
  const clip = await soundOf(request, {
    args: mediaInput(join(request.folder, request.fileName)),
    filters: [`atrim=start=${inClip.toFixed(4)}`, `asetpts=PTS-${inClip.toFixed(4)}/TB`],
    pad: '0:a:0',
    seconds,
  })
  // Where the recording begins later than the reach, it is as if silent before.
  const missing = Array.from({ length: Math.round((most - reach) * rate) }, () => -70)
  return findLag([...missing, ...recording], clip, { rate, most })
}

function longestStretch({ stretches, frameRate }: Timeline): { start: number; seconds: number; offset: number } | null {
  let [offset, best] = [0, null as { start: number; seconds: number; offset: number } | null]
  for (const { start, frameCount } of stretches) {
    const seconds = frameCount / perSecond(frameRate)
    if (!best || seconds > best.seconds) best = { start, seconds, offset }
    offset += seconds
  }
  return best
}

function openEarlier({ path, info }: LagRequest['source'], start: number): { args: string[]; filters: string[] } {
  const lead = Math.min(earlier, start)
  const { args, skip } = seekInput({
    path,
    container: info.container,
    start: start - lead,
    seconds: longest + 6,
    options: ['-vn'],
  })
  const drop = lead + skip
  return { args, filters: dropSound(drop) }
}

interface Listening {
  args: string[]
  filters: string[]
  pad: string
  seconds: number
}

async function soundOf({ media }: LagRequest, { args, filters, pad, seconds }: Listening): Promise<number[]> {
  // A hole or a late start is as long as it is heard: silence.
  const chain = [
    ...filters,
    `aresample=${sampleRate}:async=1:first_pts=0`,
    'aformat=sample_fmts=flt:channel_layouts=mono',
    // Without a length, which builds of 2018 do not know; the next one cuts it off.
    'apad',
    `atrim=end=${seconds.toFixed(3)}`,
  ]
  const bytes = await media.ffmpegBytes({
    args: [
      ...args,
      ...[
        '-filter_complex',
        `[${pad}]${chain.join(',')}[heard]`,
        '-map',
        '[heard]',
        '-f',
        'f32le',
        '-c:a',
        'pcm_f32le',
        'pipe:1',
      ],
    ],
    mostBytes: 4 * sampleRate * (longest + 6),
    timeoutSeconds: 120,
  })
  const samples = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length - (bytes.length % 4)),
  )
  return loudnessCurve(samples, { sampleRate, rate })
}
