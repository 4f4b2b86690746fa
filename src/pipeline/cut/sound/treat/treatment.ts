import { type Dip, duckingExpression } from './duck-music.ts'

/** Goes into the keys of clips whose sound is treated. Raise it with every change of what treatment does. */
export const soundVersion = '1'

/** Samples a second in which all sound is treated. */
const sampleRate = 48_000

/** The loudness a voice is brought to before it is treated, so that the same limits mean the same for every recording. LUFS. */
export const workingLufs = -20

/** Music as a file of raw sound (two channels of 32-bit floats) exactly as long as the clip, soft at both ends. */
export interface MusicBed {
  /** In ffmpeg's working folder. */
  fileName: string
  /** From the file to how loud it is in pauses, dB. */
  gain: number
  /** Where it makes room for speech. */
  dips: readonly Dip[]
  /** How much softer it is there, dB, positive. */
  depth: number
}

/** What is done to the sound of a whole clip, once its stretches are joined and before it is made as loud as wanted. */
export interface Treatment {
  /** From the recording to the working loudness, dB. */
  level: number
  /** `floor`: of the noise, dB below full scale at working loudness; `latency`: samples by which the filter comes late. */
  denoise: { floor: number; latency: number } | null
  deEss: boolean
  music: MusicBed | null
}

/** More would take the life out of a voice and leave the noise warbling. dB. */
const noiseReduction = 12
/** Measured on white and pink noise with both builds: `afftdn` takes away what it was told to at 3 dB over the noise. */
const aboveFloor = 3
/** Below it are only rumble, wind and mains hum's lowest tone; no voice is. Hz. */
const lowestVoice = 70

/** Takes the joined sound of a clip's stretches, ends in the pad `[treated]`; `chain` is the filters so far, with its pad in front. */
export function treatSound(chain: string, { level, denoise, deEss, music }: Treatment, musicInput: number): string[] {
  const voice = [
    chain,
    ...(level === 0 ? [] : [`volume=${level.toFixed(2)}dB`]),
    ...(denoise ? denoiseFilters(denoise) : []),
  ].join(',')
  const chains = deEss ? deEssed(voice, '[voice]') : [`${voice}[voice]`]
  if (!music) return [...chains, '[voice]anull[treated]']
  return [...chains, `${musicFilters(music, musicInput)}[bed]`, `[voice][bed]${add}[treated]`]
}

/** The music alone, for a clip without a voice. */
export function onlyMusic(music: MusicBed, musicInput: number): string[] {
  return [`${musicFilters(music, musicInput)}[treated]`]
}

/** The arguments that open a bed of music. */
export function musicArgs({ fileName }: MusicBed): string[] {
  return [...rawSound, '-i', fileName]
}

/** How a bed of music is written and read. */
export const rawSound: readonly string[] = ['-f', 'f32le', '-ar', String(sampleRate), '-ac', '2']

function denoiseFilters({ floor, latency }: NonNullable<Treatment['denoise']>): string[] {
  const level = Math.min(-20, Math.max(-80, floor + aboveFloor))
  const filter = `highpass=f=${lowestVoice},afftdn=nr=${noiseReduction}:nf=${level.toFixed(1)}`
  if (latency === 0) return [filter]
  return [`apad=pad_len=${latency}`, filter, `atrim=start_sample=${latency}`, 'asetpts=N/SR/TB']
}

/**
 * Splits the voice at 5 kHz, where sibilants begin and vowels end, and compresses what is above. Linkwitz–Riley halves of the
 * fourth order add up to the whole again. In five recordings of speech at the working loudness, 5 to 9 kHz lay at −33 to −25 dB
 * in sibilants and below −38 dB in 99 % of the vowels; hence the threshold.
 */
function deEssed(voice: string, end: string): string[] {
  const compressor = `acompressor=threshold=${(10 ** (-38 / 20)).toFixed(6)}:ratio=4:attack=1:release=50:knee=2`
  // After these filters nobody says any more that it is stereo, which `amerge` must know.
  const stereo = 'aformat=sample_fmts=fltp:channel_layouts=stereo'
  return [
    `${voice},acrossover=split=5000[dull][sharp]`,
    `[dull]${stereo}[low]`,
    `[sharp]${compressor},${stereo}[high]`,
    `[low][high]${add}${end}`,
  ]
}

/** Sums two sounds of the same length; `amix` would do it, but halves them in builds from 2018 and not at the very end. */
const add = 'amerge=inputs=2,pan=stereo|c0=c0+c2|c1=c1+c3,aformat=sample_fmts=fltp:channel_layouts=stereo'

/** Ten milliseconds a step: the gain is worked out once for each. */
function musicFilters({ gain, dips, depth }: MusicBed, input: number): string {
  const volume = `volume='${duckingExpression(dips, { gain, depth })}':eval=frame`
  return `[${input}:a]asetnsamples=n=${sampleRate / 100}:p=0,${volume},aformat=sample_fmts=fltp:channel_layouts=stereo`
}
