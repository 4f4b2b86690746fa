/** Hours may have any number of digits, minutes go over 59 when there are no hours; comma, dot or colon before the fraction. */
const stamp = String.raw`([-−]?)\s?(?:(\d{1,5})\s?:\s?)?(\d{1,3})\s?:\s?(\d{1,2})(?:\s?[,.:]\s?(\d{1,9}))?`
const timing = new RegExp(String.raw`^\s*${stamp}\s*(?:-{1,2}|–|—)(?:>|&gt;)\s*${stamp}(?!\d)(.*)$`)
const longestTiming = 500
const alone = new RegExp(`^${stamp}$`)

export interface TimingLine {
  /** Seconds; end may lie before start, both may be negative. */
  start: number
  end: number
  /** What follows: cue settings of WebVTT, coordinates of some SRT. */
  rest: string
}

/** `00:01:02,500 --> 00:01:04,000`, in any of the ways tools write it; null when the line is none. */
export function parseTimingLine(line: string): TimingLine | null {
  // The longest honest line is a timing with WebVTT settings; a megabyte of text is not worth the attempt.
  const match = line.length < longestTiming ? timing.exec(line) : null
  if (!match) return null
  return { start: seconds(match.slice(1, 6)), end: seconds(match.slice(6, 11)), rest: match[11] ?? '' }
}

/** Whether a line was meant as a timing line although its times cannot be read. */
export function looksLikeTiming(line: string): boolean {
  return line.length < longestTiming && line.includes('-->') && /\d:\d/.test(line)
}

/** Seconds of one stamp such as `00:01.500`, or null. */
export function parseTimeStamp(text: string): number | null {
  const match = text.length < 40 ? alone.exec(text.trim()) : null
  return match ? seconds(match.slice(1, 6)) : null
}

function seconds([sign, hours, minutes, secs, fraction]: (string | undefined)[]): number {
  const value = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(`${secs ?? 0}.${fraction ?? 0}`)
  return sign ? -value : value
}
