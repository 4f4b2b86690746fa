import { type AlignedFrames, alignFrames } from './align-frames.ts'
import { type CueMatch, companyScore, scoreOf } from './judge-cues.ts'
import { reverseCues } from './reverse-cues.ts'
import { type SoundVectors, soundVectorsOf } from './sound-vectors.ts'
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
  /**
   * How much higher than the synthesiser's voice the voice may sound, the likeliest first: a woman's throat is a sixth shorter than a
   * man's, and all resonances a sixth higher. The next is tried when one does not fit.
   */
  pitches: number[]
}

export interface AlignedBlock {
  /** Seconds of the sound; null for words of a cue that is not said. */
  words: ({ start: number; end: number } | null)[]
  cues: CueMatch[]
  /** The one that fitted best. */
  pitch: number
}

interface Attempt extends AlignedBlock {
  score: number
}

/** From here on a voice fits, and no other is tried. */
const fittingScore = 0.08
/** Under this not even a part of the block is heard: the best voice for each cue would be the luckiest. */
const partlyFittingScore = 0.035

/** Pure and slow: about a hundredth of the sound's length, and that again for every voice that does not fit. */
export function alignBlock(block: BlockToAlign): AlignedBlock {
  const { heard, highestHz, cueStarts, pitches } = block
  const vectors = soundVectorsOf(spectraOf({ samples: toFloats(heard.samples), rate: heard.rate, highestHz }))
  const attempts: Attempt[] = []
  for (const pitch of pitches) {
    const attempt = attemptWith({ block, vectors, pitches: cueStarts.slice(1).map(() => pitch), pitch })
    attempts.push(attempt)
    if (attempt.score >= fittingScore) break
  }
  const best = bestOf(attempts)
  if (attempts.length === 1 || best.score >= fittingScore || best.score < partlyFittingScore) return best
  // Nobody fits all: people of different voices speak in turns.
  const each = best.cues.map((_, cue) => bestOf(attempts, cue).pitch)
  if (new Set(each).size === 1) return best
  return bestOf([attemptWith({ block, vectors, pitches: each, pitch: best.pitch }), best])
}

function bestOf(attempts: readonly Attempt[], cue?: number): Attempt {
  const scoreIn = ({ cues, score }: Attempt) => (cue === undefined ? score : scoreOf(cues[cue] ?? unheard))
  return attempts.reduce((best, attempt) => (scoreIn(attempt) > scoreIn(best) ? attempt : best))
}

const unheard: CueMatch = { frames: 0, cost: 0, backwardsCost: 0 }

interface Attempting {
  block: BlockToAlign
  vectors: SoundVectors
  /** Of each cue. */
  pitches: number[]
  /** Of the block. */
  pitch: number
}

function attemptWith({ block, vectors, pitches, pitch }: Attempting): Attempt {
  const { lengths, cueStarts, expected, reach } = block
  const spoken = spokenWords(block, pitches)
  const problem = {
    heard: vectors,
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
  return { words, cues, pitch, score: companyScore(cues) }
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

/** A voice that sounds higher is one that is played faster; how long it speaks does not matter. */
function spokenWords({ said, lengths, highestHz, cueStarts }: BlockToAlign, pitches: readonly number[]): Spoken {
  let from = 0
  let cue = 0
  const parts = lengths.map((length, w) => {
    while (w >= (cueStarts[cue + 1] ?? Number.POSITIVE_INFINITY)) cue++
    const samples = toFloats(said.samples.subarray(from, from + length))
    from += length
    return length === 0 ? null : spectraOf({ samples, rate: said.rate * (pitches[cue] ?? 1), highestHz })
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
