import type { FramesToAlign } from './align-frames.ts'
import { changesOfVector, vectorSize } from './sound-vectors.ts'

/**
 * The same cues, each played backwards: sounds as likely as speech that nobody says. What the real words are not heard better
 * than, they are not heard at all.
 */
export function reverseCues(problem: FramesToAlign): FramesToAlign {
  const { said, starts, cueStarts } = problem
  const values = new Float32Array(said.values.length)
  const reversedStarts = new Int32Array(starts.length)
  for (let cue = 0; cue + 1 < cueStarts.length; cue++) {
    const [first, last] = [cueStarts[cue] as number, cueStarts[cue + 1] as number]
    const [from, to] = [starts[first] as number, starts[last] as number]
    for (let w = first; w <= last; w++) reversedStarts[w] = from + to - (starts[first + last - w] as number)
    for (let j = from; j < to; j++) {
      const [source, target] = [(from + to - 1 - j) * vectorSize, j * vectorSize]
      for (let k = 0; k < vectorSize; k++) {
        const value = said.values[source + k] as number
        // What rises falls when it is played backwards.
        values[target + k] = changesOfVector[k] === 1 ? -value : value
      }
    }
  }
  return { ...problem, mayPassOver: false, said: { ...said, values }, starts: reversedStarts }
}
