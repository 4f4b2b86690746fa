/**
 * The card's background as an endless lavfi source: night blue that darkens downwards, with a violet glow at the upper
 * right and a faint one at the lower left. One small picture is computed, scaled up and repeated, so it costs next to
 * nothing; a trace of still noise keeps the slow gradient from showing steps. `gradients` would be simpler but is not in
 * ffmpeg builds before 4.4. The expressions have no commas, so nothing needs quoting in a filter graph. `tint` is a brand's
 * background, `#RRGGBB`, in place of the blue.
 */
export function cardBackground(
  { width, height }: { width: number; height: number },
  frameRate: number,
  tint: string | null = null,
): string {
  const [red, green, blue] = tint === null ? nightBlue : lightOf(tint)
  const small = { width: Math.max(2, Math.round(width / 20)), height: Math.max(2, Math.round(height / 20)) }
  const channel = ([top, bottom, upper, lower]: Light) =>
    `${top}+${bottom - top}*Y/H+${upper}*${glow(0.85, 0.08, 5)}+${lower}*${glow(0.05, 0.85, 7)}`
  return [
    `color=c=black:s=${small.width}x${small.height}:r=${frameRate}`,
    'format=gbrp',
    `geq=r=${channel(red)}:g=${channel(green)}:b=${channel(blue)}`,
    `trim=end_frame=1`,
    `scale=${width}:${height}:flags=bicubic`,
    'noise=alls=3:all_seed=7',
    'loop=loop=-1:size=1',
    `setpts=N/(${frameRate}*TB)`,
    'setsar=1',
    'format=yuv420p',
  ].join(',')
}

/** Of one channel, 0 to 255: at the top, at the bottom, and what each glow adds. */
type Light = [number, number, number, number]

const nightBlue: [Light, Light, Light] = [
  [24, 9, 70, 14],
  [20, 11, 38, 26],
  [58, 26, 150, 62],
]

/** The same light in another colour (`#RRGGBB`): a little of it at the bottom, more of it than there is in the glow. */
function lightOf(tint: string): [Light, Light, Light] {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(tint.slice(at, at + 2), 16))
  const light = (channel: number): Light => {
    const glow = Math.min(0.55 * channel + 22, 235 - channel)
    return [channel, Math.round(0.5 * channel), Math.max(0, Math.round(glow)), Math.max(0, Math.round(0.4 * glow))]
  }
  return [light(r), light(g), light(b)]
}

/** 1 at a point given in shares of width and height, falling off around it. */
function glow(x: number, y: number, sharpness: number): string {
  return `exp(-${sharpness}*((X/W-${x})*(X/W-${x})+(Y/H-${y})*(Y/H-${y})))`
}
