import { cepstraSize, type Spectra } from './spectral-features.ts'

/** Frames as points that can be compared: near ones sound alike, whoever speaks. */
export interface SoundVectors {
  count: number
  /** `count` rows of `vectorSize` numbers. */
  values: Float32Array
  /** How much of speech is in each frame: 0 as quiet as the room, 1 as loud as the voice. */
  presence: Float32Array
}

/** Cepstra, how they change, the level and how it changes. */
export const vectorSize = 2 * cepstraSize + 2

/** 1 where a number of a vector tells of change. */
export const changesOfVector = Uint8Array.from({ length: vectorSize }, (_, k) =>
  (k >= cepstraSize && k < 2 * cepstraSize) || k === vectorSize - 1 ? 1 : 0,
)

/** Frames to each side over which change is measured. */
const deltaReach = 2
/** How much change and level count beside the shape. */
const deltaWeight = 0.7
const levelWeight = 1

/**
 * Evens out voice, microphone and room: each number is told as distance from the mean of the frames with speech, in
 * standard deviations.
 */
export function soundVectorsOf({ count, cepstra, levels }: Spectra): SoundVectors {
  const presence = presenceOf(levels)
  const deltas = deltasOf(cepstra, count, cepstraSize)
  const levelDeltas = deltasOf(presence, count, 1)
  standardize({ values: cepstra, count, size: cepstraSize, presence })
  standardize({ values: deltas, count, size: cepstraSize, presence })
  const values = new Float32Array(count * vectorSize)
  for (let i = 0; i < count; i++) {
    const row = i * vectorSize
    for (let k = 0; k < cepstraSize; k++) {
      values[row + k] = cepstra[i * cepstraSize + k] as number
      values[row + cepstraSize + k] = deltaWeight * (deltas[i * cepstraSize + k] as number)
    }
    values[row + 2 * cepstraSize] = levelWeight * 2 * (presence[i] as number)
    values[row + 2 * cepstraSize + 1] = levelWeight * 8 * (levelDeltas[i] as number)
  }
  return { count, values, presence }
}

/** Between the level of the room and that of the voice, which are those most frames keep below and few go over. */
function presenceOf(levels: Float32Array): Float32Array {
  const sorted = levels.toSorted()
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  const voice = at(0.95)
  const room = Math.max(at(0.05), voice - 45)
  const range = Math.max(6, voice - room)
  return levels.map((level) => Math.min(1.2, Math.max(0, (level - room) / range)))
}

function deltasOf(values: Float32Array, count: number, size: number): Float32Array {
  const deltas = new Float32Array(values.length)
  let norm = 0
  for (let n = 1; n <= deltaReach; n++) norm += 2 * n * n
  for (let i = 0; i < count; i++) {
    for (let n = 1; n <= deltaReach; n++) {
      const [before, after] = [Math.max(0, i - n) * size, Math.min(count - 1, i + n) * size]
      for (let k = 0; k < size; k++) {
        const at = i * size + k
        deltas[at] =
          (deltas[at] as number) + (n * ((values[after + k] as number) - (values[before + k] as number))) / norm
      }
    }
  }
  return deltas
}

interface Standardizing {
  values: Float32Array
  count: number
  size: number
  presence: Float32Array
}

/** In place; mean and deviation are those of frames with speech. */
function standardize({ values, count, size, presence }: Standardizing): void {
  for (let k = 0; k < size; k++) {
    let [weight, sum, squares] = [1e-6, 0, 0]
    for (let i = 0; i < count; i++) {
      const p = (presence[i] as number) > 0.4 ? 1 : 0
      const value = values[i * size + k] as number
      weight += p
      sum += p * value
      squares += p * value * value
    }
    const mean = sum / weight
    const deviation = Math.sqrt(Math.max(1e-6, squares / weight - mean * mean))
    for (let i = 0; i < count; i++) values[i * size + k] = ((values[i * size + k] as number) - mean) / deviation
  }
}
