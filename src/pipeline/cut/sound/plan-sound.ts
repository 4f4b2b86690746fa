import type { SoundStyle } from '../../../domain/clip.ts'
import { type LoudnessPlan, type MeasureRequest, measureLevels, measureSpanLoudness } from './measure-span-loudness.ts'
import { denoiseLatency } from './treat/denoise-latency.ts'
import { findSpeech, planDips } from './treat/duck-music.ts'
import { noiseFloor, windowSeconds } from './treat/listen.ts'
import { prepareMusic } from './treat/prepare-music.ts'
import { type MusicBed, type Treatment, workingLufs } from './treat/treatment.ts'

interface SoundRequest extends Omit<MeasureRequest, 'treatment' | 'limitDb'> {
  style: SoundStyle | undefined
  folder: string
}

/** Under speech music is softer than in pauses by this much at least. dB. */
const leastDip = 10
/** And this far below the speech at least, however loud it was asked to be in pauses. dB. */
const belowSpeech = 16

/**
 * Decides what is done to a clip's sound: listens to it, decides what was asked for in figures that fit this recording, and
 * measures the result, so that the whole of it plays at −14 LUFS.
 */
export async function planSound({ style, ...request }: SoundRequest): Promise<LoudnessPlan> {
  const bare = await measureSpanLoudness(request)
  if (!style || !(style.denoise || style.deEss || style.music)) return bare
  const { media, track, timeline, folder } = request
  const voice = bare.expected === null ? null : bare.source.integrated
  const level = voice === null ? 0 : workingLufs - voice
  const levelled: Treatment = { level, denoise: null, deEss: false, music: null }
  const levels =
    voice !== null && (style.denoise || style.music) ? await measureLevels({ ...request, treatment: levelled }) : []
  const floor = style.denoise ? noiseFloor(levels) : null
  const music = style.music
    ? await prepareMusic({ media, path: style.music.path, seconds: timeline.duration, folder })
    : null
  const bed = style.music && music ? layBed({ ...music, level: style.music.level, levels }) : null
  const treatment: Treatment = {
    ...levelled,
    denoise: floor === null ? null : { floor, latency: await denoiseLatency(media) },
    deEss: track !== null && style.deEss === true,
    music: bed,
  }
  const plan = await measureSpanLoudness({ ...request, treatment })
  return { ...plan, warnings: [...plan.warnings, ...(style.music && bed === null ? [silentMusic] : [])] }
}

interface Laying {
  fileName: string
  loudness: LoudnessPlan['source']
  /** dB against the speech, in pauses. */
  level: number
  /** Of the speech, window by window; none where nobody speaks. */
  levels: readonly number[]
}

/** Where nobody speaks the music is all there is to hear, and its level against the speech means nothing. */
function layBed({ fileName, loudness, level, levels }: Laying): MusicBed | null {
  if (loudness.integrated === null || loudness.integrated < quietestMusic) return null
  const speech = findSpeech(levels, windowSeconds)
  const wanted = levels.length === 0 ? workingLufs : workingLufs + level
  return {
    fileName,
    gain: wanted - loudness.integrated,
    dips: planDips(speech),
    depth: Math.max(leastDip, belowSpeech + level),
  }
}

/** Below it a file is silence with a little noise. LUFS. */
const quietestMusic = -60
const silentMusic = 'There is nothing to hear in the part of the music that this clip would play; it has none.'
