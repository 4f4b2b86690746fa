/** Where captions stand and how big they are; all in pixels of the picture. */
export interface CaptionLook {
  /** Size of the letters (em). */
  fontSize: number
  /** Width a line may take. */
  lineWidth: number
  /** Letters a line should have at most. */
  lettersPerLine: number
  centre: { x: number; y: number }
  outline: number
  shadow: number
  blur: number
}

/**
 * Centred, and clear of what the apps draw over a clip. On a tall picture TikTok, Reels and Shorts cover about the
 * lowest fifth (title, buttons) and the right eighth (icons); the line keeps the same distance on the left, to stay
 * in the middle. Wider pictures play without such covers, so captions go lower there.
 */
export function captionLook({ width, height }: { width: number; height: number }): CaptionLook {
  const ratio = width / height
  if (ratio < 0.7) return look({ width, height }, { letters: 0.083, line: 0.76, y: 0.7, lettersPerLine: 18 })
  if (ratio < 0.9) return look({ width, height }, { letters: 0.074, line: 0.82, y: 0.78, lettersPerLine: 20 })
  if (ratio < 1.3) return look({ width, height }, { letters: 0.07, line: 0.84, y: 0.8, lettersPerLine: 22 })
  return look({ width, height }, { letters: 0.041, line: 0.66, y: 0.83, lettersPerLine: 26 })
}

interface Proportions {
  /** Size of the letters and width of a line, as shares of the picture's width. */
  letters: number
  line: number
  /** Middle of the captions, as share of the picture's height. */
  y: number
  lettersPerLine: number
}

function look(
  { width, height }: { width: number; height: number },
  { letters, line, y, lettersPerLine }: Proportions,
): CaptionLook {
  // Very flat or tiny pictures: two lines must still fit into the lower half.
  const fontSize = Math.max(1, Math.min(letters * width, 0.14 * height))
  return {
    fontSize,
    lineWidth: line * width,
    lettersPerLine,
    centre: { x: Math.round(width / 2), y: Math.round(y * height) },
    outline: 0.075 * fontSize,
    shadow: 0.045 * fontSize,
    blur: 0.012 * fontSize,
  }
}
