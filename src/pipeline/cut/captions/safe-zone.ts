/** What part of a picture apps leave free, in pixels; `right` and `bottom` are where it ends. */
export interface SafeZone {
  left: number
  top: number
  right: number
  bottom: number
}

/**
 * Where TikTok, Reels and Shorts all leave a tall clip free. Top 14 %: Meta's advice for Reels ("about 14 % of the top",
 * Business Help Center, safe zones); TikTok's and Shorts' own headers are lower. Bottom 24 %: Shorts cover up to a quarter with
 * name and title when that has two lines, TikTok and Reels about a fifth. (Meta's 35 % for ads leaves room for a button, which
 * posts don't have.) Right 11 %: TikTok's and Shorts' column of icons, 120 of 1080 pixels; left 6 %: Meta. Wider pictures
 * play in players that cover only the last tenth with their controls.
 */
export function safeZone({ width, height }: { width: number; height: number }): SafeZone {
  const tall = width / height < 0.7
  const share = tall
    ? { left: 0.06, top: 0.14, right: 0.89, bottom: 0.76 }
    : { left: 0.05, top: 0.06, right: 0.95, bottom: 0.94 }
  return {
    left: share.left * width,
    top: share.top * height,
    right: share.right * width,
    bottom: share.bottom * height,
  }
}
