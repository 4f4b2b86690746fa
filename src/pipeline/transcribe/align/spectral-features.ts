import { createPowerSpectrum } from './fourier-transform.ts'

/** What a stretch of sound sounds like, frame by frame. */
export interface Spectra {
  count: number
  /** `count` rows of `cepstraSize` mel cepstra, without the first: the shape of the sound, not its level. */
  cepstra: Float32Array
  /** Level of each frame in decibels, of full scale. */
  levels: Float32Array
}

/** Frames a second; shorter steps place words no better, and cost with their square. */
export const framesPerSecond = 100
/** Speech is told apart by the first dozen; the higher ones are the pitch of the voice. */
export const cepstraSize = 12
/** Seconds: two or three vibrations of a low voice. */
const windowSeconds = 0.025
const melBands = 26
const lowestHz = 100
/** The quietest a band can be: digital silence has no logarithm. */
const floor = 1e-10

interface SoundToSee {
  /** From -1 to 1. */
  samples: Float32Array
  /** Samples a second. */
  rate: number
  /** The same for both sounds that are to be compared; below half of either rate. */
  highestHz: number
}

/**
 * Mel-frequency cepstra (Davis and Mermelstein, 1980): frame `i` is centred on second `i / framesPerSecond`.
 */
export function spectraOf({ samples, rate, highestHz }: SoundToSee): Spectra {
  const size = 2 ** Math.round(Math.log2(windowSeconds * rate))
  const window = Math.min(size, Math.round(windowSeconds * rate))
  const transform = createPowerSpectrum(size)
  const filters = melFilters({ size, rate, highestHz })
  const shape = Float32Array.from({ length: window }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (window - 1)))
  const count = Math.max(1, Math.floor((samples.length / rate) * framesPerSecond))
  const cepstra = new Float32Array(count * cepstraSize)
  const levels = new Float32Array(count)
  const frame = new Float32Array(size)
  const power = new Float32Array(size / 2 + 1)
  const bands = new Float32Array(melBands)
  for (let index = 0; index < count; index++) {
    const from = Math.round((index / framesPerSecond) * rate - window / 2)
    let energy = 0
    for (let i = 0; i < window; i++) {
      const sample = samples[from + i] ?? 0
      energy += sample * sample
      // Voices lose 6 dB an octave; this gives it back.
      frame[i] = (sample - 0.97 * (samples[from + i - 1] ?? 0)) * (shape[i] as number)
    }
    levels[index] = 10 * Math.log10(energy / window + floor)
    transform(frame, power)
    for (const [band, { first, weights }] of filters.entries()) {
      let sum = 0
      for (let k = 0; k < weights.length; k++) sum += (weights[k] as number) * (power[first + k] as number)
      bands[band] = Math.log(sum / window + floor)
    }
    cosineTransform(bands, cepstra.subarray(index * cepstraSize, (index + 1) * cepstraSize))
  }
  return { count, cepstra, levels }
}

interface MelFilter {
  first: number
  weights: Float32Array
}

/** Triangles of even width on the mel scale, each over its neighbours' middles. */
function melFilters({ size, rate, highestHz }: { size: number; rate: number; highestHz: number }): MelFilter[] {
  const toMel = (hertz: number) => 2595 * Math.log10(1 + hertz / 700)
  const toHertz = (mel: number) => 700 * (10 ** (mel / 2595) - 1)
  const [low, high] = [toMel(lowestHz), toMel(highestHz)]
  const edge = (index: number) => (toHertz(low + ((high - low) * index) / (melBands + 1)) * size) / rate
  return Array.from({ length: melBands }, (_, band) => {
    const [from, middle, to] = [edge(band), edge(band + 1), edge(band + 2)]
    const first = Math.max(0, Math.floor(from))
    const last = Math.min(size / 2, Math.ceil(to))
    const weights = Float32Array.from({ length: last - first + 1 }, (_, k) => {
      const bin = first + k
      return Math.max(0, bin <= middle ? (bin - from) / (middle - from) : (to - bin) / (to - middle))
    })
    return { first, weights }
  })
}

const cosines = Float32Array.from({ length: cepstraSize * melBands }, (_, index) => {
  const [order, band] = [Math.floor(index / melBands) + 1, index % melBands]
  return Math.cos((Math.PI * order * (band + 0.5)) / melBands)
})

function cosineTransform(bands: Float32Array, cepstra: Float32Array): void {
  for (let order = 0; order < cepstraSize; order++) {
    let sum = 0
    for (let band = 0; band < melBands; band++)
      sum += (cosines[order * melBands + band] as number) * (bands[band] as number)
    // Liftering: the higher ones vary less, and tell as much.
    cepstra[order] = sum * (1 + (22 / 2) * Math.sin((Math.PI * (order + 1)) / 22))
  }
}
