import { samplesPerSecond } from './read-samples.ts'

/** Between these a level goes from nothing to all, dB: speech at −14 LUFS has its syllables at −18 to −8 and its pauses below −40. */
const [quietest, loudest] = [-40, -6]

/** How loud each stretch of `seconds` is, 0 to 1. */
export function levelsOf(samples: Float32Array, seconds: number): number[] {
  const count = Math.ceil(samples.length / (seconds * samplesPerSecond) - 1e-9)
  return Array.from({ length: count }, (_, i) => {
    const stretch = samples.subarray(
      Math.round(i * seconds * samplesPerSecond),
      Math.round((i + 1) * seconds * samplesPerSecond),
    )
    const power = stretch.reduce((sum, sample) => sum + sample * sample, 0) / (stretch.length || 1)
    return shareOf(10 * Math.log10(power + 1e-12), quietest, loudest)
  })
}

/** Up at once and down slowly, as a needle does. */
export function withFall(levels: readonly number[], fall: number): number[] {
  let last = 0
  return levels.map((level) => (last = Math.max(level, last * fall)))
}

const windowLength = 512
const [lowest, highest] = [110, 3600]
/** Higher tones are weaker in speech, dB an octave. */
const tilt = 3.5

/** How much of each of `bands` (from low to high, evenly by ear) there is, 0 to 1, every `seconds`. */
export function bandsOf(samples: Float32Array, { bands, seconds }: { bands: number; seconds: number }): number[][] {
  const count = Math.ceil(samples.length / (seconds * samplesPerSecond) - 1e-9)
  const last: number[] = Array.from({ length: bands }, () => 0)
  return Array.from({ length: count }, (_, i) => {
    const middle = Math.round((i + 0.5) * seconds * samplesPerSecond)
    const power = powerSpectrum(samples, middle - windowLength / 2)
    for (let band = 0; band < bands; band++) {
      const octaves = (band / bands) * Math.log2(highest / lowest)
      const level = shareOf(10 * Math.log10(powerIn(power, band, bands) + 1e-12) + tilt * octaves, -38, -4)
      last[band] = Math.max(level, 0.78 * (last[band] ?? 0))
    }
    return [...last]
  })
}

function powerIn(power: Float64Array, band: number, bands: number): number {
  const border = (at: number) => (lowest * (highest / lowest) ** (at / bands) * windowLength) / samplesPerSecond
  const first = Math.floor(border(band))
  const end = Math.max(first + 1, Math.floor(border(band + 1)))
  return power.subarray(first, end).reduce((sum, value) => sum + value, 0)
}

const hann = Float64Array.from(
  { length: windowLength },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / windowLength),
)

/** Power of each frequency of a window that begins at `from`; outside the sound is silence. Radix-2 (Cooley and Tukey, 1965). */
function powerSpectrum(samples: Float32Array, from: number): Float64Array {
  const real = Float64Array.from(
    { length: windowLength },
    (_, i) => (samples[from + reversed(i)] ?? 0) * (hann[reversed(i)] ?? 0),
  )
  const imaginary = new Float64Array(windowLength)
  for (let size = 2; size <= windowLength; size *= 2) butterflies(real, imaginary, size)
  return Float64Array.from({ length: windowLength / 2 }, (_, i) => {
    return ((real[i] ?? 0) ** 2 + (imaginary[i] ?? 0) ** 2) / (windowLength / 4) ** 2
  })
}

function butterflies(real: Float64Array, imaginary: Float64Array, size: number): void {
  for (let start = 0; start < windowLength; start += size) {
    for (let i = 0; i < size / 2; i++) {
      const [a, b] = [start + i, start + i + size / 2]
      const angle = (-2 * Math.PI * i) / size
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      const [ar, ai, br, bi] = [real[a] ?? 0, imaginary[a] ?? 0, real[b] ?? 0, imaginary[b] ?? 0]
      const [r, im] = [br * cos - bi * sin, br * sin + bi * cos]
      real[a] = ar + r
      imaginary[a] = ai + im
      real[b] = ar - r
      imaginary[b] = ai - im
    }
  }
}

const bits = Math.log2(windowLength)

function reversed(index: number): number {
  let turned = 0
  for (let bit = 0; bit < bits; bit++) if (index & (1 << bit)) turned |= 1 << (bits - 1 - bit)
  return turned
}

function shareOf(value: number, least: number, most: number): number {
  return Math.min(1, Math.max(0, (value - least) / (most - least)))
}
