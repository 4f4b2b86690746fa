import type { AudioStream, MediaInfo } from '../../../../domain/media-info.ts'
import type { Media } from '../../../../media/create-media.ts'
import { seekInput } from '../../../../media/seek-input.ts'
import { perSecond } from '../../graph/choose-frame-rate.ts'
import { planReads } from '../../graph/plan-reads.ts'
import type { Timeline } from '../../graph/plan-timeline.ts'
import { soundFilters } from '../../sound/audio-filters.ts'

/** Enough for the first four thousand hertz, where speech is. */
export const samplesPerSecond = 8000

interface SamplesRequest {
  media: Media
  source: { path: string; info: Pick<MediaInfo, 'container'> }
  timeline: Timeline
  /** Null for a recording without sound. */
  track: AudioStream | null
  /** What the clip's sound gets, dB: so that a quiet recording moves as much as a loud one. */
  decibels: number
}

/** A clip's sound as one channel of samples, −1 to 1, as its filters cut and join it; ten minutes take 10 MB. */
export async function readSamples(request: SamplesRequest): Promise<Float32Array> {
  const { media, source, timeline, track, decibels } = request
  const count = Math.ceil(timeline.duration * samplesPerSecond)
  if (!track) return new Float32Array(count)
  const inputs = planReads(timeline).map(({ start, frameCount }) => {
    const seconds = frameCount / perSecond(timeline.frameRate) + 0.5
    const { container } = source.info
    return seekInput({ path: source.path, container, start, seconds, options: ['-vn', '-sn', '-dn'] })
  })
  const sound = soundFilters({ timeline, inputs, track, gain: { decibels, limitDb: null } })
  const graph = [...sound, `[sound]aresample=${samplesPerSecond},aformat=sample_fmts=s16:channel_layouts=mono[few]`]
  const bytes = await media.ffmpegBytes({
    args: [
      inputs.flatMap(({ args }) => args),
      ['-filter_complex', graph.join(';'), '-map', '[few]', '-f', 's16le', '-c:a', 'pcm_s16le', 'pipe:1'],
    ].flat(),
    duration: timeline.duration,
    mostBytes: 2 * count + 100_000,
  })
  return Float32Array.from({ length: count }, (_, i) =>
    2 * i + 2 <= bytes.length ? bytes.readInt16LE(2 * i) / 32768 : 0,
  )
}
