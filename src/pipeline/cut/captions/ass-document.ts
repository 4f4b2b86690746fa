/** One `Dialogue` line; times in centiseconds, the resolution of ASS. */
export interface AssEvent {
  layer: number
  start: number
  end: number
  /** Name of the style. */
  style: string
  text: string
}

/** What a `Style` line says; everything else is as if untouched. Colours as ASS writes them: `&HAABBGGRR`. */
export interface AssStyle {
  name: string
  family: string
  /** In ASS's unit: the height of a line, pixels. */
  fontSize: number
  colour: string
  /** Of what a karaoke has not reached yet. */
  secondary?: string
  outlineColour: string
  shadowColour: string
  /** A box in the outline's colour in place of an outline. */
  box?: boolean
  outline: number
  shadow: number
}

/** A whole ASS script for a picture of `size` pixels. Lines are never wrapped by libass: ours are fixed. */
export function writeAssDocument({
  size,
  styles,
  events,
}: {
  size: { width: number; height: number }
  styles: readonly AssStyle[]
  events: readonly AssEvent[]
}): string {
  return `[Script Info]
ScriptType: v4.00+
PlayResX: ${size.width}
PlayResY: ${size.height}
WrapStyle: 2
ScaledBorderAndShadow: yes
Kerning: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
${styles.map(writeStyle).join('')}
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
${events.map(writeEvent).join('')}`
}

function writeStyle(style: AssStyle): string {
  const { name, family, fontSize, colour, secondary = colour, outlineColour, shadowColour, outline, shadow } = style
  const colours = [colour, secondary, outlineColour, shadowColour].join()
  return `Style: ${name},${family},${fontSize},${colours},0,0,0,0,100,100,0,0,${style.box ? 3 : 1},${outline},${shadow},5,0,0,0,1\n`
}

function writeEvent({ layer, start, end, style, text }: AssEvent): string {
  return `Dialogue: ${layer},${formatTime(start)},${formatTime(end)},${style},,0,0,0,,${text}\n`
}

/** Each moment is rounded by itself, so that an event's end and the next one's start stay the same. */
export function toCentiseconds(seconds: number): number {
  return Math.round(seconds * 100)
}

/** `h:mm:ss.cc` */
export function formatTime(centiseconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const seconds = Math.floor(centiseconds / 100)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${h}:${two(m)}:${two(s)}.${two(centiseconds % 100)}`
}

export function round(pixels: number): number {
  return Math.round(pixels * 100) / 100
}

export function percent(share: number): number {
  return Math.round(share * 10000) / 100
}
