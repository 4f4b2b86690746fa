interface Size {
  width: number
  height: number
}

/** Of a draft's short side, pixels: enough to judge a clip on a screen, less than half the work of the final one. */
const shortSide = 720

/** The picture of a draft: as the clip's, smaller. Even sides, as H.264 wants them. */
export function draftSize({ width, height }: Size): Size {
  const factor = Math.min(1, shortSide / Math.min(width, height))
  const even = (side: number) => Math.round((side * factor) / 2) * 2
  return { width: even(width), height: even(height) }
}

/** A third of the final encoder's time; 24 keeps captions' edges clean without it. */
export const draftEncoding: readonly string[] = ['-preset', 'ultrafast', '-crf', '24']
