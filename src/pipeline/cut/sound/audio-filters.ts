import type { AudioStream } from '../../../domain/media-info.ts'
import { dropSound, type SoughtInput } from '../../../media/seek-input.ts'
import { perSecond } from '../graph/choose-frame-rate.ts'
import { planReads, type Read } from '../graph/plan-reads.ts'
import type { Timeline } from '../graph/plan-timeline.ts'
import { onlyMusic, type Treatment, treatSound } from './treat/treatment.ts'

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
 * a moment at its ends, joined, treated where that was asked for, and made louder or softer.
 */
export function soundFilters(request: SoundRequest): string[] {
  const { timeline, inputs, track, gain, treatment, musicInput = inputs.length } = request
  const total = samplesOf(timeline.frameCount, timeline)
  const end = `${['anull', ...gainFilters(gain)].join(',')}[sound]`
  if (!track && treatment?.music) return [...onlyMusic(treatment.music, musicInput), `[treated]${end}`]
  if (!track) return [`anullsrc=r=${sampleRate}:cl=stereo,atrim=end_sample=${total},aformat=sample_fmts=fltp[sound]`]
  const count = timeline.stretches.length
  const reads = planReads(timeline).map((read, i) => {
    const from = [`[${i}:${track.streamIndex}]`, ...dropSound(inputs[i]?.skip ?? 0).map((filter) => `${filter},`)].join(
      '',
    )
    return readFilters(from, { read, number: i, timeline })
  })
  const pads = reads.flatMap((read) => read.pads)
  const joined = count === 1 ? `${pads[0]}anull` : `${pads.join('')}concat=n=${count}:v=0:a=1`
  const chains = reads.flatMap((read) => read.chains)
  if (!treatment) return [...chains, `${[joined, ...gainFilters(gain)].join(',')}[sound]`]
  // Filters may end a little early or late; the picture's length is the clip's.
  const whole = `apad,atrim=end_sample=${total},asetpts=N/SR/TB`
  return [...chains, ...treatSound(joined, treatment, musicInput), `[treated]${whole},${end}`]
}

interface SoundRequest {
  timeline: Timeline
  /** What is read, one for each of `planReads`: the first inputs of the run. */
  inputs: readonly Pick<SoughtInput, 'skip'>[]
  track: AudioStream | null
  gain: Gain
  /** What is done to the joined sound before its gain; left out where nothing is. */
  treatment?: Treatment | undefined
  /** Number of the treatment's music among the inputs; the one after `inputs` unless told. */
  musicInput?: number
}

interface ReadToHear {
  read: Read
  number: number
  timeline: Timeline
}

function readFilters(from: string, { read, number, timeline }: ReadToHear): { chains: string[]; pads: string[] } {
  const pads = read.stretches.map((_, j) =>
    read.stretches.length === 1 ? `[sound${number}]` : `[sound${number}p${j}]`,
  )
  const steady = `${from}${steadyFilters(samplesOf(read.frameCount, timeline))}`
  const isWhole = timeline.stretches.length === 1
  if (read.stretches.length === 1) {
    return { chains: [`${steady},${fades(samplesOf(read.frameCount, timeline), isWhole)}${pads[0]}`], pads }
  }
  const cuts = read.stretches.map(({ stretch, firstFrame }, j) => {
    // From one border to the next as the whole clip counts them: half a sample here and there would add up.
    const start = samplesOf(firstFrame, timeline)
    const samples = samplesOf(firstFrame + stretch.frameCount, timeline) - start
    const cut = `atrim=start_sample=${start}:end_sample=${start + samples},asetpts=N/SR/TB`
    return `[heard${number}p${j}]${cut},${fades(samples, isWhole)}${pads[j]}`
  })
  const split = `asplit=${pads.length}${pads.map((_, j) => `[heard${number}p${j}]`).join('')}`
  return { chains: [`${steady},${split}`, ...cuts], pads }
}

/**
 * `async` fills holes in broken recordings with silence instead of playing on early; `first_pts` does the same for sound
 * that begins after the picture; `apad` for sound that ends before it.
 */
function steadyFilters(samples: number): string {
  return (
    `aresample=${sampleRate}:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,` +
    `apad,atrim=end_sample=${samples},asetpts=N/SR/TB`
  )
}

/**
 * Where two stretches meet, one goes as the other comes, with the same power all the while (`qsin`), inside their own time: the
 * join takes none, so sound and picture stay together. A stretch shorter than two fades has shorter ones.
 */
function fades(samples: number, isWhole: boolean): string {
  const seconds = samples / sampleRate
  const length = Math.min(fade, seconds / 2)
  const curve = isWhole ? '' : ':curve=qsin'
  const out = Math.max(0, seconds - length).toFixed(6)
  return `afade=t=in:st=0:d=${length}${curve},afade=t=out:st=${out}:d=${length}${curve}`
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
