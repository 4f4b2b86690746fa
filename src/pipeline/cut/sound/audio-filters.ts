import type { AudioStream } from '../../../domain/media-info.ts'
import { dropSound, type SoughtInput } from '../../../media/seek-input.ts'
import { perSecond } from '../graph/choose-frame-rate.ts'
import type { Timeline } from '../graph/plan-timeline.ts'

/** Samples a second of every clip. */
const sampleRate = 48_000

/** How the sound is made as loud as wanted: the same gain everywhere, then a limiter for the peaks if they need one. */
export interface Gain {
  /** Decibels, may be negative. */
  decibels: number
  /** Highest level the limiter lets through, dB below full scale; null without a limiter. */
  limitDb: number | null
}

export const noGain: Gain = { decibels: 0, limitDb: null }

/** Long enough that a cut in the middle of a wave does not click, too short to be heard as a fade. Seconds. */
const fade = 0.012

/**
 * The sound of a clip as filter chains that end in `[sound]`: each stretch at exactly the length of its picture, faded for
 * a moment at its ends, joined, and made louder or softer.
 */
export function soundFilters({ timeline, inputs, track, gain }: SoundRequest): string[] {
  const total = samplesOf(timeline.frameCount, timeline)
  if (!track) return [`anullsrc=r=${sampleRate}:cl=stereo,atrim=end_sample=${total},aformat=sample_fmts=fltp[sound]`]
  const stretches = timeline.stretches.map(({ frameCount }, i) => {
    const filters = [...dropSound(inputs[i]?.skip ?? 0), stretchFilters(samplesOf(frameCount, timeline))]
    return `[${i}:${track.streamIndex}]${filters.join(',')}[sound${i}]`
  })
  const pads = timeline.stretches.map((_, i) => `[sound${i}]`).join('')
  const joined =
    timeline.stretches.length === 1 ? `${pads}anull` : `${pads}concat=n=${timeline.stretches.length}:v=0:a=1`
  return [...stretches, `${[joined, ...gainFilters(gain)].join(',')}[sound]`]
}

interface SoundRequest {
  timeline: Timeline
  /** What the stretches are read from, one each: the first inputs of the run. */
  inputs: readonly Pick<SoughtInput, 'skip'>[]
  track: AudioStream | null
  gain: Gain
}

/**
 * `async` fills holes in broken recordings with silence instead of playing on early; `first_pts` does the same for sound
 * that begins after the picture; `apad` for sound that ends before it.
 */
function stretchFilters(samples: number): string {
  const seconds = samples / sampleRate
  const out = Math.max(0, seconds - fade)
  return (
    `aresample=${sampleRate}:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,` +
    `apad,atrim=end_sample=${samples},asetpts=N/SR/TB,` +
    `afade=t=in:st=0:d=${fade},afade=t=out:st=${out.toFixed(6)}:d=${fade}`
  )
}

/**
 * At four times the rate the limiter sees the peaks between samples, as a true-peak meter does (ITU-R BS.1770-4, annex 2).
 * `level=false`: without it `alimiter` would raise everything to full scale again.
 */
function gainFilters({ decibels, limitDb }: Gain): string[] {
  const volume = decibels === 0 ? [] : [`volume=${decibels.toFixed(2)}dB`]
  if (limitDb === null) return volume
  const limit = (10 ** (limitDb / 20)).toFixed(6)
  const limiter = `alimiter=limit=${limit}:attack=5:release=50:level=false`
  return [...volume, `aresample=${4 * sampleRate}`, limiter, `aresample=${sampleRate}`]
}

function samplesOf(frameCount: number, { frameRate }: Timeline): number {
  return Math.round((frameCount / perSecond(frameRate)) * sampleRate)
}
