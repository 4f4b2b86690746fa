import type { AudioStream, MediaInfo } from '../../../domain/media-info.ts'
import { lengthOf, type TimeRange } from '../../../domain/time-range.ts'
import type { Media } from '../../../media/create-media.ts'
import { dropSound, seekInput } from '../../../media/seek-input.ts'

/** How loud a stretch of the recording is, every hundredth of a second. */
export interface SoundLevels {
  /** Seconds of the recording. */
  start: number
  /** RMS, dB below full scale; -100 for nothing at all. */
  levels: Float32Array
}

/** Seconds a level stands for: a tenth of the shortest word. */
export const levelStep = 0.01
/** High enough for an "s" at the end of a word, which is all above 4 kHz. */
const sampleRate = 16_000
const samplesPerLevel = sampleRate * levelStep
const nothing = -100
/** Read at a time: 2 MB. Seconds. */
const chunkSeconds = 60

/** Measures a stretch of a track, a minute at a time. */
export async function soundLevels({ media, source, track, range }: LevelsRequest): Promise<SoundLevels> {
  const levels = new Float32Array(Math.ceil(lengthOf(range) / levelStep)).fill(nothing)
  for (let done = 0; done < levels.length; done += chunkSeconds / levelStep) {
    const start = range.start + done * levelStep
    const seconds = Math.min(chunkSeconds, range.end - start)
    const { args, skip } = seekInput({
      path: source.path,
      container: source.info.container,
      start,
      seconds,
      options: ['-vn', '-sn', '-dn'],
    })
    // Hum is under 80 Hz, and no voice.
    const filters = [
      ...dropSound(skip),
      `aresample=${sampleRate}:async=1:first_pts=0`,
      'aformat=sample_fmts=s16:channel_layouts=mono,highpass=f=80',
      `atrim=end_sample=${Math.round(seconds * sampleRate)}`,
    ].join(',')
    const bytes = await media.ffmpegBytes({
      args: [
        ...args,
        ...['-filter_complex', `[0:${track.streamIndex}]${filters}[heard]`, '-map', '[heard]'],
        ...['-f', 's16le', 'pipe:1'],
      ],
      mostBytes: 2 * sampleRate * (chunkSeconds + 1),
      timeoutSeconds: 120 + skip,
    })
    levels.set(levelsOf(bytes).subarray(0, levels.length - done), done)
  }
  return { start: range.start, levels }
}

interface LevelsRequest {
  media: Media
  source: { path: string; info: Pick<MediaInfo, 'container'> }
  track: AudioStream
  range: TimeRange
}

function levelsOf(bytes: Buffer): Float32Array {
  const levels = new Float32Array(Math.floor(bytes.length / (2 * samplesPerLevel)))
  for (let i = 0; i < levels.length; i++) {
    let sum = 0
    for (let j = 0; j < samplesPerLevel; j++) sum += (bytes.readInt16LE(2 * (i * samplesPerLevel + j)) / 32_768) ** 2
    levels[i] = Math.max(nothing, 10 * Math.log10(sum / samplesPerLevel + 1e-10))
  }
  return levels
}

/** The quietest moment of a stretch, seconds; null where nothing of it was measured. */
export function quietestIn({ start, levels }: SoundLevels, range: TimeRange): number | null {
  let best: number | null = null
  let least = Infinity
  const first = Math.max(0, Math.ceil((range.start - start) / levelStep - 0.5))
  for (let i = first; i < levels.length && start + (i + 0.5) * levelStep <= range.end + 1e-9; i++) {
    const level = levels[i] ?? 0
    if (level >= least) continue
    least = level
    best = start + (i + 0.5) * levelStep
  }
  return best
}
