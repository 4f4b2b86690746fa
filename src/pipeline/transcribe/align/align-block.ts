import { type AlignedFrames, alignFrames } from './align-frames.ts'
import { reverseCues } from './reverse-cues.ts'
import { soundVectorsOf } from './sound-vectors.ts'
import { cepstraSize, framesPerSecond, type Spectra, spectraOf } from './spectral-features.ts'
import type { Sound } from './speech-synthesiser.ts'

/** Words to be found in a stretch of sound. Plain data, so that it can be sent to a thread. */
export interface BlockToAlign {
  heard: Sound
  /** Above this nothing is compared: what the recording's own sample rate can't hold. */
  highestHz: number
  /** All words one after the other, and how many samples each has. */
  said: Sound
  lengths: number[]
  /** The first word of each cue, and at the end the number of words. */
  cueStarts: number[]
  /** About when each word is expected, in seconds of the sound. */
  expected: number[]
  /** Seconds to either side of it. */
  reach: number
}

export interface AlignedBlock {
  /** Seconds of the sound; null for words of a cue that is not said. */
  words: ({ start: number; end: number } | null)[]
  cues: CueMatch[]
}

/** How well a cue is heard. */
export interface CueMatch {
  /** Frames of speech it was heard in; 0 when it was passed over. */
  frames: number
  /** Mean distance along the path, lower is better; and the same for its sound played backwards. */
  cost: number
  backwardsCost: number
}

/** Pure and slow: about a hundredth of the sound's length. */
export function alignBlock({
  heard,
  highestHz,
  said,
  lengths,
  cueStarts,
  expected,
  reach,
}: BlockToAlign): AlignedBlock {
  const spoken = spokenWords({ said, lengths, highestHz })
  const problem = {
    heard: soundVectorsOf(spectraOf({ samples: toFloats(heard.samples), rate: heard.rate, highestHz })),
    said: soundVectorsOf(spoken.spectra),
    starts: spoken.starts,
    cueStarts: Int32Array.from(cueStarts),
    expected: Float32Array.from(expected, (second) => second * framesPerSecond),
    reach: reach * framesPerSecond,
    mayPassOver: true,
  }
  const aligned = alignFrames(problem)
  const backwards = alignFrames(reverseCues(problem))
  const cues = cueStarts.slice(0, -1).map((first, cue): CueMatch => {
    const last = cueStarts[cue + 1] ?? first
    const { frames, cost } = meanCost(aligned, first, last)
    return { frames, cost, backwardsCost: meanCost(backwards, first, last).cost }
  })
  const words = lengths.map((_, w) => {
    const [start, end] = [aligned.starts[w] ?? -1, aligned.ends[w] ?? -1]
    return start < 0 ? null : { start: start / framesPerSecond, end: end / framesPerSecond }
  })
  return { words, cues }
}

function meanCost(
  { starts, ends, costs }: AlignedFrames,
  first: number,
  last: number,
): { frames: number; cost: number } {
  let [frames, sum] = [0, 0]
  for (let w = first; w < last; w++) {
    const length = (ends[w] as number) - (starts[w] as number)
    frames += length
    sum += (costs[w] as number) * length
  }
  return { frames, cost: frames === 0 ? 0 : sum / frames }
}

interface Spoken {
  spectra: Spectra
  /** Frames at which words begin, and the end. */
  starts: Int32Array
}

function spokenWords({ said, lengths, highestHz }: Pick<BlockToAlign, 'said' | 'lengths' | 'highestHz'>): Spoken {
  let from = 0
  const parts = lengths.map((length) => {
    const samples = toFloats(said.samples.subarray(from, from + length))
    from += length
    return length === 0 ? null : spectraOf({ samples, rate: said.rate, highestHz })
  })
  const count = parts.reduce((sum, part) => sum + (part?.count ?? 0), 0)
  const spectra = { count, cepstra: new Float32Array(count * cepstraSize), levels: new Float32Array(count) }
  const starts = new Int32Array(parts.length + 1)
  let frame = 0
  for (const [w, part] of parts.entries()) {
    starts[w] = frame
    if (part === null) continue
    spectra.cepstra.set(part.cepstra, frame * cepstraSize)
    spectra.levels.set(part.levels, frame)
    frame += part.count
  }
  starts[parts.length] = frame
  return { spectra, starts }
}

function toFloats(samples: Int16Array): Float32Array {
  const floats = new Float32Array(samples.length)
  for (let i = 0; i < samples.length; i++) floats[i] = (samples[i] as number) / 32768
  return floats
}
