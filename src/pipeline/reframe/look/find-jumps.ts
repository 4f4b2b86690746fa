import type { LumaPicture } from './follow-patch.ts'

/** Mean difference of brightness, in steps of gray, from which two samples may be of two scenes: low, because frames decide. */
const leastJump = 7
/** Times the difference before: people who move go on moving, a cut stands alone. */
const standsOut = 2
/** Every so manieth pixel of each row and column is compared: a cut changes all of the picture. */
const step = 4

/** Tells, sample by sample, where the picture jumps: where a cut may lie between this sample and the one before. */
export function createJumpFinder(): (picture: LumaPicture) => boolean {
  let last: LumaPicture | null = null
  let before = 0
  return (picture) => {
    const difference = last ? differenceOf(last, picture) : 0
    const jumps = difference >= leastJump && difference >= standsOut * before
    last = picture
    before = jumps ? 0 : difference
    return jumps
  }
}

/** Mean difference of brightness of two pictures of one size, in steps of gray. */
export function differenceOf(a: LumaPicture, b: LumaPicture): number {
  let [sum, count] = [0, 0]
  for (let y = 0; y < a.height; y += step) {
    for (let x = 0; x < a.width; x += step) {
      const at = y * a.width + x
      sum += Math.abs((a.luma[at] ?? 0) - (b.luma[at] ?? 0))
      count++
    }
  }
  return count === 0 ? 0 : sum / count
}
