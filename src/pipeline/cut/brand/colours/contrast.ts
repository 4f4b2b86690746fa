/** Colours as `#RRGGBB`; contrast as WCAG 2.2 counts it, 1 to 21. */
export function contrastOf(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminanceOf(a), luminanceOf(b)].toSorted((x, y) => x - y)
  return (lighter + 0.05) / (darker + 0.05)
}

/** Relative luminance, 0 (black) to 1. Source: WCAG 2.2, definition of relative luminance. */
function luminanceOf(colour: string): number {
  const [r = 0, g = 0, b = 0] = channelsOf(colour).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** The colour itself when it can be read on `ground`, else as little lighter or darker as it takes. */
export function readableOn(colour: string, ground: string, least: number): string {
  if (contrastOf(colour, ground) >= least) return colour
  const towards = contrastOf('#FFFFFF', ground) >= contrastOf('#000000', ground) ? '#FFFFFF' : '#000000'
  for (let share = 0.05; share < 1; share += 0.05) {
    const mixed = mix(colour, towards, share)
    if (contrastOf(mixed, ground) >= least) return mixed
  }
  return towards
}

/** `share` of the second colour in the first. */
export function mix(a: string, b: string, share: number): string {
  const [from, to] = [channelsOf(a), channelsOf(b)]
  const mixed = from.map((channel, i) => Math.round(channel + (Number(to[i]) - channel) * share))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`.toUpperCase()
}

/** As ASS writes colours: blue, green, red. */
export function assColour(colour: string): string {
  return `&H${colour.slice(5, 7)}${colour.slice(3, 5)}${colour.slice(1, 3)}&`.toUpperCase()
}

/** Red, green and blue, 0 to 255. */
export function channelsOf(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}
