/**
 * The card's background as an endless lavfi source: night blue that darkens downwards, with a violet glow at the upper
 * right and a faint one at the lower left. One small picture is computed, scaled up and repeated, so it costs next to
 * nothing; a trace of still noise keeps the slow gradient from showing steps. `gradients` would be simpler but is not in
 * ffmpeg builds before 4.4. The expressions have no commas, so nothing needs quoting in a filter graph.
 */
export function cardBackground({ width, height }: { width: number; height: number }, frameRate: number): string {
  const small = { width: Math.max(2, Math.round(width / 20)), height: Math.max(2, Math.round(height / 20)) }
  const channel = ([top, bottom, upper, lower]: [number, number, number, number]) =>
    `${top}+${bottom - top}*Y/H+${upper}*${glow(0.85, 0.08, 5)}+${lower}*${glow(0.05, 0.85, 7)}`
  return [
    `color=c=black:s=${small.width}x${small.height}:r=${frameRate}`,
    'format=gbrp',
    `geq=r=${channel([24, 9, 70, 14])}:g=${channel([20, 11, 38, 26])}:b=${channel([58, 26, 150, 62])}`,
    `trim=end_frame=1`,
    `scale=${width}:${height}:flags=bicubic`,
    'noise=alls=3:all_seed=7',
    'loop=loop=-1:size=1',
    `setpts=N/(${frameRate}*TB)`,
    'setsar=1',
    'format=yuv420p',
  ].join(',')
}

/** 1 at a point given in shares of width and height, falling off around it. */
function glow(x: number, y: number, sharpness: number): string {
  return `exp(-${sharpness}*((X/W-${x})*(X/W-${x})+(Y/H-${y})*(Y/H-${y})))`
}
