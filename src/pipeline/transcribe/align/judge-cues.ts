/** How well a cue is heard. */
export interface CueMatch {
  /** Frames of speech it was heard in; 0 when it was passed over. */
  frames: number
  /** Mean distance along the path, lower is better; and the same for its sound played backwards. */
  cost: number
  backwardsCost: number
}

/** Frames of company a cue is judged with: two words alone could be heard anywhere. */
const companyFrames = 150
/** What a match costs where the words are really said, by the recordings in benchmarks/word-times.md. */
const usualCost = 0.95
const costWeight = 0.3
/** Under this, as many wrong texts as right ones were seen. */
const unsure = 0.05
/** From here on no wrong text was seen. */
const sure = 0.1

/**
 * 0 to 1: how sure it is that each cue is said where it was heard. What counts is how much better it is heard than the same
 * sound played backwards, in the cue itself and, as far as that is short, in its block.
 */
export function judgeCues(cues: readonly CueMatch[]): number[] {
  const company = companyScore(cues)
  return cues.map((cue) => {
    if (cue.frames === 0) return 0
    const score = (scoreOf(cue) * cue.frames + company * companyFrames) / (cue.frames + companyFrames)
    return Math.min(1, Math.max(0, (score - unsure) / (sure - unsure)))
  })
}

/** How well a block is heard as a whole. */
export function companyScore(cues: readonly CueMatch[]): number {
  const frames = cues.reduce((sum, cue) => sum + cue.frames, 0)
  // A cue of 0 frames weighs nothing.
  return frames === 0 ? -1 : cues.reduce((sum, cue) => sum + scoreOf(cue) * cue.frames, 0) / frames
}

/** About 0 for words that are not said, about 0.1 for words that are. */
export function scoreOf({ frames, cost, backwardsCost }: CueMatch): number {
  if (frames === 0 || backwardsCost === 0) return -1
  return (backwardsCost - cost) / backwardsCost + costWeight * (usualCost - cost)
}
