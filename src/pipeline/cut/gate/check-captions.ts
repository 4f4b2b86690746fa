import type { GrayPicture } from './gray-picture.ts'

/** One moment of a clip, seen three times. */
export interface CaptionStills {
  /** As it would be without captions. */
  bare: GrayPicture
  /** As it should be. */
  drawn: GrayPicture
  /** As it is in the file. */
  clip: GrayPicture
}

/** Steps of gray a letter stands out by at least, where it stands out at all. */
const letterStep = 40
/** Fewer pixels than this, at a quarter of the size, are no word. */
const leastPixels = 24
/** Of the pixels that captions change, this share must be changed in the file; the rest is compression and movement. */
const leastShare = 0.7

export interface CaptionCheck {
  present: boolean
  detail: string
}

/** Whether the captions that should be on the picture are: where they make a difference, the file must be nearer to with than to without. */
export function checkCaptions({ bare, drawn, clip }: CaptionStills): CaptionCheck {
  let [letters, found] = [0, 0]
  for (let i = 0; i < bare.pixels.length; i++) {
    const [without, wanted, is] = [bare.pixels[i] ?? 0, drawn.pixels[i] ?? 0, clip.pixels[i] ?? 0]
    if (Math.abs(without - wanted) < letterStep) continue
    letters++
    if (Math.abs(is - wanted) < Math.abs(is - without)) found++
  }
  if (letters < leastPixels)
    return { present: false, detail: 'Drawing the captions changes nothing; their font may be missing.' }
  const percent = Math.round((100 * found) / letters)
  return { present: found >= leastShare * letters, detail: `${percent} % of the caption's pixels are on the picture.` }
}

/**
 * The moment at which a caption is easiest to check: the middle of the event that is shown longest, so that being a frame
 * off does no harm. Reads the `Dialogue:` lines of an ASS script; seconds, null without any.
 */
export function longestCaption(ass: string, duration: number): number | null {
  const events = [...ass.matchAll(/^Dialogue: *\d+,([\d:.]+),([\d:.]+),/gm)].map(([, start = '', end = '']) => ({
    start: parseAssTime(start),
    end: Math.min(parseAssTime(end), duration),
  }))
  const longest = events.toSorted((a, b) => b.end - b.start - (a.end - a.start))[0]
  return longest && longest.end > longest.start ? (longest.start + longest.end) / 2 : null
}

/** `0:01:02.35` in seconds. */
function parseAssTime(text: string): number {
  return text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0)
}
