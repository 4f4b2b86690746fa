/** What one picture near the start of a clip is like. */
export interface OpeningFrame {
  /** Frames from where the clip was to begin; negative before. */
  offset: number
  /** How sharp what is shown of it is; comparable within one clip only. */
  sharpness: number
  /** How much there is to see where the eyes are, of every face; empty where nobody is to be seen. */
  eyes: number[]
}

export interface Opening {
  /** Frames by which the clip begins later; negative for earlier. */
  frames: number
  /** Why, for a person; null where it begins where it was to. */
  reason: string | null
}

/** Below this share of the sharpest picture near it, one looks blurred: in a pan or a dissolve it is a third, between two still pictures over 0.9. */
const blurredBelow = 0.6
/**
 * Closed eyes leave about half of what there is to see at open ones (drawn ones 0.48); heads that turn change it by a tenth in this time. Small faces
 * do not change enough, and then nothing is said.
 */
const closedBelow = 0.7
/** A picture to begin with is nearly as good as the best one. */
const goodFrom = 0.85

/** The nearest good picture to begin with, where the first one is blurred or somebody's eyes are closed in it. Pure. */
export function chooseOpening(frames: readonly OpeningFrame[]): Opening {
  const first = frames.find(({ offset }) => offset === 0)
  const stay: Opening = { frames: 0, reason: null }
  if (!first) return stay
  const sharpest = Math.max(...frames.map(({ sharpness }) => sharpness))
  const widest = first.eyes.map((_, i) => Math.max(...frames.map(({ eyes }) => eyes[i] ?? 0)))
  const isSharp = (frame: OpeningFrame, share: number) => frame.sharpness >= share * sharpest
  const isOpen = (frame: OpeningFrame, share: number) => widest.every((most, i) => (frame.eyes[i] ?? 0) >= share * most)
  const [blurred, closed] = [!isSharp(first, blurredBelow), !isOpen(first, closedBelow)]
  if (!blurred && !closed) return stay
  const better = frames
    .filter((frame) => isSharp(frame, goodFrom) && isOpen(frame, goodFrom))
    // Of two as near, the later one: nothing is heard that was not meant to be.
    .toSorted((a, b) => Math.abs(a.offset) - Math.abs(b.offset) || b.offset - a.offset)[0]
  if (!better || better.offset === 0) return stay
  const when = `${Math.abs(better.offset)} ${Math.abs(better.offset) === 1 ? 'frame' : 'frames'} ${better.offset > 0 ? 'later' : 'earlier'}`
  const what = blurred ? 'Its first picture was blurred' : 'Eyes were closed in its first picture'
  return { frames: better.offset, reason: `${what}, so the clip begins ${when}.` }
}
