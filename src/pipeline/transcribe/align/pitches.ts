/** Which voices to look for next, by what was heard so far. */
export interface Pitches {
  /** Times the synthesiser's own, the likeliest first. */
  toTry(): number[]
  /** What fitted a block best, and how sure its cues are. */
  learn(pitch: number, confidences: readonly number[]): void
}

/** From large men to women; children are heard as women. Steps that can just be told apart (Lee and Rose, 1996, take 2 %, for less). */
const all = [1, 1.2, 1.1, 0.9]
/** After so many blocks in which nothing was heard, it is music or another text: no use to try every voice on all of it. */
const patience = 3

/** The voice that fitted last is tried first. */
export function createPitches(): Pitches {
  let first = 1
  let inVain = 0
  return {
    toTry: () => (inVain >= patience ? [first] : [first, ...all.filter((pitch) => pitch !== first)]),
    learn(pitch, confidences) {
      const isHeard = confidences.some((confidence) => confidence > 0.5)
      inVain = isHeard ? 0 : inVain + 1
      // Now and then all are tried again: somebody else may speak by now.
      if (inVain >= 2 * patience) inVain = 0
      if (isHeard) first = pitch
    },
  }
}
