import { type SoundVectors, vectorSize } from './sound-vectors.ts'

/** What is to be found in a stretch of sound: spoken words, one after the other, with or without pauses between. */
export interface FramesToAlign {
  heard: SoundVectors
  /** All words, without pauses. */
  said: SoundVectors
  /** Where each word begins in `said`, and at the end where the last one ends: one more than there are words. */
  starts: Int32Array
  /** The first word of each cue, and at the end the number of words. A whole cue may be passed over. */
  cueStarts: Int32Array
  /** Frame of `heard` about which each word is expected. */
  expected: Float32Array
  /** Frames to either side of it where it is looked for. */
  reach: number
  /** Whether a cue that nobody says may be passed over. */
  mayPassOver: boolean
}

export interface AlignedFrames {
  /** First frame of each word in `heard`; -1 for the words of a cue that was passed over. */
  starts: Int32Array
  /** Frame after its last. */
  ends: Int32Array
  /** How little each word resembles what was heard there, per frame; lower is better. */
  costs: Float32Array
}

// Distances are about 0.9 where the words are said and 1.0 where they are not; all were tried half as large and twice.
/** A frame of pause where it is quiet. */
const quietCost = 0.5
/** A frame of pause where somebody speaks: between words of a cue, and between cues, where others may speak. */
const loudPause = 1.5
const loudGap = 1.2
/** A spoken frame that lasts for another one that is heard, and one that is left out. */
const stayCost = 0.12
const skipCost = 0.22
/** A spoken frame of a cue that is passed over: about what it costs to squeeze it in where it is not said. */
const passOverCost = 0.55

const fromHere: number = 0
const fromBefore: number = 1
const fromTwoBefore: number = 2
const fromPause: number = 3
const fromCueBefore: number = 4

/**
 * The cheapest way to hear the words in the sound, by dynamic programming (Sakoe and Chiba, 1978) over frames: a spoken
 * frame may last (a slow speaker), one may be left out (a fast one), a pause may stand before every word and after the last one.
 */
export function alignFrames(input: FramesToAlign): AlignedFrames {
  const { heard, said, starts, cueStarts, mayPassOver } = input
  const wordCount = starts.length - 1
  const [n, m] = [heard.count, said.count]
  const band = bandOf(input)
  // States of a heard frame: the said frames, then the pauses.
  const states = m + wordCount + 1
  const isFirst = new Int32Array(m).fill(-1)
  for (let w = 0; w < wordCount; w++)
    if ((starts[w] as number) < (starts[w + 1] as number)) isFirst[starts[w] as number] = w
  const cueOf = new Int32Array(wordCount + 1).fill(-1)
  for (let c = 0; c + 1 < cueStarts.length; c++) cueOf[cueStarts[c] as number] = c
  const isGap = Uint8Array.from({ length: wordCount + 1 }, (_, w) => (w === wordCount || cueOf[w] !== -1 ? 1 : 0))

  const width = band.widest + wordCount + 1
  const steps = new Uint8Array(n * width)
  let before = new Float32Array(states).fill(Infinity)
  let now = new Float32Array(states).fill(Infinity)
  before[m] = 0
  for (let i = 0; i < n; i++) {
    const [low, high] = [band.lows[i] as number, band.highs[i] as number]
    const presence = heard.presence[i] as number
    const row = i * width
    now.fill(Infinity)
    for (let j = low; j < high; j++) {
      const w = isFirst[j] as number
      let best = (before[j] as number) + stayCost
      let step = fromHere
      const next = j > 0 ? (before[j - 1] as number) : Infinity
      if (next < best) {
        best = next
        step = fromBefore
      }
      const skipping = j > 1 ? (before[j - 2] as number) + skipCost : Infinity
      if (skipping < best) {
        best = skipping
        step = fromTwoBefore
      }
      const begun = w === -1 ? Infinity : (before[m + w] as number)
      if (begun < best) {
        best = begun
        step = fromPause
      }
      if (best === Infinity) continue
      now[j] = best + distance(heard.values, i * vectorSize, said.values, j * vectorSize)
      steps[row + j - low] = step
    }
    for (let w = 0; w <= wordCount; w++) {
      const state = m + w
      const end = starts[w] as number
      let best = before[state] as number
      let step: number = fromHere
      if (end > 0 && (before[end - 1] as number) < best) [best, step] = [before[end - 1] as number, fromBefore]
      if (end > 1 && (before[end - 2] as number) + skipCost < best)
        [best, step] = [(before[end - 2] as number) + skipCost, fromTwoBefore]
      // A cue that nobody says: from the pause before it to the one after it.
      const cue = mayPassOver && isGap[w] === 1 ? cueBefore(cueStarts, w) : -1
      if (cue !== -1) {
        const first = cueStarts[cue] as number
        const length = end - (starts[first] as number)
        const passed = (before[m + first] as number) + passOverCost * length
        if (passed < best) [best, step] = [passed, fromCueBefore]
      }
      if (best === Infinity) continue
      const loud = isGap[w] === 1 ? loudGap : loudPause
      now[state] = best + quietCost + (loud - quietCost) * Math.min(1, presence * 1.6)
      steps[row + band.widest + w] = step
    }
    ;[before, now] = [now, before]
  }
  return traceBack({ input, band, steps, width, last: before })
}

function cueBefore(cueStarts: Int32Array, word: number): number {
  for (let c = 0; c + 1 < cueStarts.length; c++) if (cueStarts[c + 1] === word) return c
  return -1
}

interface Band {
  lows: Int32Array
  highs: Int32Array
  widest: number
}

/** For every heard frame the said frames that may be heard there: those of words expected within reach. */
function bandOf({ heard, starts, expected, reach }: FramesToAlign): Band {
  const wordCount = starts.length - 1
  const lows = new Int32Array(heard.count)
  const highs = new Int32Array(heard.count)
  let widest = 1
  let [first, last] = [0, 0]
  for (let i = 0; i < heard.count; i++) {
    while (first < wordCount && (expected[first] as number) + reach < i) first++
    while (last < wordCount && (expected[last] as number) - reach <= i) last++
    const low = Math.min(first, Math.max(0, wordCount - 1))
    lows[i] = starts[low] as number
    highs[i] = Math.max(lows[i] as number, starts[last] as number)
    widest = Math.max(widest, (highs[i] as number) - (lows[i] as number))
  }
  return { lows, highs, widest }
}

function distance(a: Float32Array, from: number, b: Float32Array, other: number): number {
  let sum = 0
  for (let k = 0; k < vectorSize; k++) {
    const difference = (a[from + k] as number) - (b[other + k] as number)
    sum += difference * difference
  }
  return Math.sqrt(sum / vectorSize)
}

interface Tracing {
  input: FramesToAlign
  band: Band
  steps: Uint8Array
  width: number
  last: Float32Array
}

function traceBack({ input, band, steps, width, last }: Tracing): AlignedFrames {
  const { heard, said, starts: saidStarts, cueStarts } = input
  const wordCount = saidStarts.length - 1
  const m = said.count
  const starts = new Int32Array(wordCount).fill(-1)
  const ends = new Int32Array(wordCount).fill(-1)
  const costs = new Float32Array(wordCount)
  const wordOf = new Int32Array(m)
  for (let w = 0; w < wordCount; w++) wordOf.fill(w, saidStarts[w], saidStarts[w + 1])
  let state = m + wordCount
  if (m > 0 && (last[m - 1] as number) < (last[state] as number)) state = m - 1
  if (last[state] === Infinity) return { starts, ends, costs }
  for (let i = heard.count - 1; i >= 0; i--) {
    if (state < m) {
      const w = wordOf[state] as number
      starts[w] = i
      if (ends[w] === -1) ends[w] = i + 1
      costs[w] = (costs[w] as number) + distance(heard.values, i * vectorSize, said.values, state * vectorSize)
      const step = steps[i * width + state - (band.lows[i] as number)]
      if (step === fromPause) state = m + w
      else if (step === fromBefore) state -= 1
      else if (step === fromTwoBefore) state -= 2
      continue
    }
    const w = state - m
    const step = steps[i * width + band.widest + w]
    const end = saidStarts[w] as number
    if (step === fromBefore) state = end - 1
    else if (step === fromTwoBefore) state = end - 2
    else if (step === fromCueBefore) state = m + (cueStarts[cueBefore(cueStarts, w)] as number)
  }
  for (let w = 0; w < wordCount; w++)
    costs[w] = (costs[w] as number) / Math.max(1, (ends[w] as number) - (starts[w] as number))
  return { starts, ends, costs }
}
