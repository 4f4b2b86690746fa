import { inOneLine } from './edit-list.ts'

interface AssRequest {
  /** The captions beside a clip, as we write them. */
  vtt: string
  title: string
  /** The clip's picture, pixels. */
  size: { width: number; height: number }
}

/**
 * The captions of a clip as a plain ASS script, to be restyled: one style, one event a cue, the speaker in the field for names. (What is burned in
 * animates every word, and no person would edit that.)
 */
export function writeAss({ vtt, title, size }: AssRequest): string {
  const fontSize = Math.round(Math.min(size.width, size.height) / 15)
  const bottom = Math.round(size.height * (size.height > size.width ? 0.27 : 0.08))
  const side = Math.round(size.width * 0.08)
  const events = readCues(vtt).map(
    ({ start, end, speaker, lines }) =>
      `Dialogue: 0,${assTime(start)},${assTime(end)},Default,${speaker.replaceAll(',', ' ')},0,0,0,,${lines.map(escapeAss).join('\\N')}`,
  )
  return [
    '[Script Info]',
    `Title: ${inOneLine(title)}`,
    'ScriptType: v4.00+',
    `PlayResX: ${size.width}`,
    `PlayResY: ${size.height}`,
    'WrapStyle: 0',
    'ScaledBorderAndShadow: yes',
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
    `Style: Default,Arial,${fontSize},&H00FFFFFF,&H00FFFFFF,&H00000000,&H80000000,-1,0,0,0,100,100,0,0,1,${Math.max(1, Math.round(fontSize / 16))},1,2,${side},${side},${bottom},1`,
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...events,
    '',
  ].join('\n')
}

interface Cue {
  start: number
  end: number
  speaker: string
  lines: string[]
}

/** Cues of a WebVTT file: times, then lines until a blank one; `<v Name>` in front. A cue whose times make no sense is left out. */
function readCues(vtt: string): Cue[] {
  return vtt
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .flatMap((block) => {
      const lines = block.split('\n')
      const at = lines.findIndex((line) => line.includes('-->'))
      const [start, end] = (lines[at] ?? '').split('-->').map((time) => secondsOf(time))
      if (at === -1 || start === undefined || end === undefined || !(end > start)) return []
      const said = lines.slice(at + 1)
      const speaker = /^<v(?:\.[^\s>]*)?\s+([^>]*)>/.exec(said[0] ?? '')?.[1] ?? ''
      const texts = said.map((line) => unescapeVtt(line.replace(/<[^>]*>/g, ''))).filter((line) => line.trim() !== '')
      return texts.length === 0 ? [] : [{ start, end, speaker: inOneLine(unescapeVtt(speaker)), lines: texts }]
    })
}

/** `01:02:03.456` or `02:03.456`. */
function secondsOf(text: string): number {
  const match = /^\s*(?:(\d+):)?(\d{2}):(\d{2})\.(\d{3})/.exec(text)
  if (!match) return Number.NaN
  const [hours = 0, minutes = 0, seconds = 0, thousandths = 0] = match.slice(1).map((part) => Number(part ?? 0))
  return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
}

function unescapeVtt(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&nbsp;', ' ').replaceAll('&amp;', '&')
}

/** Braces would begin commands and a backslash one too; full-width ones look nearly the same. */
function escapeAss(text: string): string {
  return inOneLine(text).replaceAll('{', '｛').replaceAll('}', '｝').replaceAll('\\', '＼')
}

/** `0:00:01.25`: hundredths. */
function assTime(seconds: number): string {
  const hundredths = Math.round(seconds * 100)
  const two = (value: number) => String(value).padStart(2, '0')
  const [h, m, s] = [
    Math.floor(hundredths / 360_000),
    Math.floor(hundredths / 6000) % 60,
    Math.floor(hundredths / 100) % 60,
  ]
  return `${h}:${two(m)}:${two(s)}.${two(hundredths % 100)}`
}
