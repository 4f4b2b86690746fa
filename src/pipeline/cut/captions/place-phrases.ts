import type { PlacedPhrase } from './caption-design.ts'
import type { Phrase } from './group-words.ts'
import type { SafeZone } from './safe-zone.ts'

/** Where a face is seen for a while: seconds of the clip, pixels of the clip's picture from its top left. */
export interface FaceBox {
  start: number
  end: number
  x: number
  y: number
  w: number
  h: number
}

interface Placement {
  phrases: readonly Phrase[]
  faces: readonly FaceBox[]
  zone: SafeZone
  /** Middle of the captions where nothing is in the way, pixels from the top. */
  usual: number
  /** What they take at most, pixels; centred on `x`. */
  box: { x: number; width: number; height: number }
}

/** Places tried, evenly from the top of the safe zone to its bottom: finer steps would not be seen. */
const steps = 24
/** What a move costs, against 4 for all of a caption over a face: between places that are free, captions stay where they are. */
const costOfMove = 0.15
/** More than two moves: where there is any place beside the face, captions go there, be it for one phrase. */
const costOfTouch = 0.5

/**
 * Gives every phrase a height that keeps it off faces and inside the safe zone: the usual one unless a face is there. All
 * ways through the clip are weighed together, so captions move seldom and stay where they went.
 */
export function placePhrases({ phrases, faces, zone, usual, box }: Placement): PlacedPhrase[] {
  const least = Math.min(usual, zone.top + box.height / 2)
  const most = Math.max(usual, zone.bottom - box.height / 2)
  if (faces.length === 0) return phrases.map((phrase) => ({ ...phrase, y: usual }))
  const places = [usual, ...Array.from({ length: steps + 1 }, (_, i) => least + (i * (most - least)) / steps)]
  let ways = places.map((y) => ({ cost: 0, ys: [] as number[], y }))
  for (const phrase of phrases) {
    const near = faces.filter((face) => face.start < phrase.end && face.end > phrase.start)
    ways = places.map((y) => {
      const covered = coveredShare(y, box, near)
      const own = 4 * covered + (covered > 0 ? costOfTouch : 0) + (0.3 * Math.abs(y - usual)) / (most - least || 1)
      const best = ways
        .map((way) => ({ cost: way.cost + (way.ys.length > 0 && way.y !== y ? costOfMove : 0), ys: way.ys }))
        .reduce((a, b) => (b.cost < a.cost ? b : a))
      return { cost: best.cost + own, ys: [...best.ys, y], y }
    })
  }
  const chosen = ways.reduce((a, b) => (b.cost < a.cost ? b : a))
  return phrases.map((phrase, i) => ({ ...phrase, y: chosen.ys[i] ?? usual }))
}

/** How much of the captions' height is over faces that stand in their columns. */
function coveredShare(y: number, { x, width, height }: Placement['box'], faces: readonly FaceBox[]): number {
  const [top, bottom] = [y - height / 2, y + height / 2]
  return faces
    .filter((face) => face.x < x + width / 2 && face.x + face.w > x - width / 2)
    .reduce((share, face) => {
      const shared = Math.min(bottom, face.y + face.h) - Math.max(top, face.y)
      return share + Math.max(0, shared) / height
    }, 0)
}
