import type { CropBox } from './clip.ts'

/**
 * Where the two panels of a `split` lie in a clip's picture: one above the other in a tall one, side by side in any other.
 * All numbers are even when the picture's sides are multiples of four.
 */
export function splitPanels({ width, height }: { width: number; height: number }): [CropBox, CropBox] {
  if (height > width) {
    const half = evenHalf(height)
    return [
      { x: 0, y: 0, width, height: half },
      { x: 0, y: half, width, height: height - half },
    ]
  }
  const half = evenHalf(width)
  return [
    { x: 0, y: 0, width: half, height },
    { x: half, y: 0, width: width - half, height },
  ]
}

/** 4:5 is 1350 high: its halves would be odd. */
function evenHalf(length: number): number {
  return Math.round(length / 4) * 2
}
