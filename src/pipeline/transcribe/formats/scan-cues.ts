import type { WarningCollector } from './collect-warnings.ts'
import { looksLikeTiming, parseTimingLine } from './parse-time-stamp.ts'

/** The lines between one timing line and the next, as written; blank ones removed. Seconds as written, even nonsense. */
export interface RawCue {
  start: number
  end: number
  lines: string[]
  /** Line of the timing in the file, from 1. */
  lineNumber: number
}

interface ScanOptions {
  /** WebVTT knows NOTE, STYLE and REGION blocks and cue names that are not numbers. */
  isWebVtt: boolean
  warnings: WarningCollector
}

/**
 * Finds the cues of SRT or WebVTT by their timing lines alone, since numbers and blank lines are what broken files
 * lack first. Text before the first timing line belongs to nobody and is left out.
 */
export function scanCues(lines: string[], { isWebVtt, warnings }: ScanOptions): RawCue[] {
  const cues: RawCue[] = []
  let current: RawCue | null = null
  let number: number | null = null
  let inBlock = false
  for (const [index, line] of lines.entries()) {
    const isBlank = line.trim() === ''
    if (inBlock && !isBlank && !line.includes('-->')) continue
    inBlock = isWebVtt && startsBlock(line, lines[index - 1])
    if (inBlock) continue
    const timing = parseTimingLine(line)
    if (timing) {
      number = takeCueName({ above: current?.lines ?? lines.slice(0, index), previous: number, isWebVtt })
      current = { start: timing.start, end: timing.end, lines: [], lineNumber: index + 1 }
      cues.push(current)
    } else if (looksLikeTiming(line)) {
      warnings.add('Times cannot be read, cue skipped', `line ${index + 1}`)
      takeCueName({ above: current?.lines ?? [], previous: number, isWebVtt })
      current = null
    } else current?.lines.push(line)
  }
  // A file that was cut off may end with the number of a cue that never came.
  const spoken = current?.lines.filter((line) => line.trim() !== '') ?? []
  const isCutOff = number !== null && spoken.length > 1 && spoken.at(-1)?.trim() === String(number + 1)
  for (const cue of cues) cue.lines = cue.lines.filter((line) => line.trim() !== '')
  if (isCutOff) current?.lines.pop()
  return cues
}

function startsBlock(line: string, before: string | undefined): boolean {
  return (before === undefined || before.trim() === '') && /^(NOTE|STYLE|REGION)(\s|$)/.test(line)
}

/**
 * Removes the number or name that stands right above a timing line from the lines of the cue before it, and answers
 * with the number. A bare number with no blank line above it is a cue number only when it counts on: else it is said.
 */
function takeCueName({
  above,
  previous,
  isWebVtt,
}: {
  above: string[]
  previous: number | null
  isWebVtt: boolean
}): number | null {
  const name = above.at(-1)?.trim() ?? ''
  if (name === '') return null
  const number = /^\d{1,9}$/.test(name) ? Number(name) : null
  const standsAlone = (above.at(-2) ?? '').trim() === ''
  const isName = standsAlone
    ? number !== null || (isWebVtt && above.length > 1)
    : number !== null && number === (previous ?? -2) + 1
  if (isName) above.pop()
  return isName ? number : null
}
