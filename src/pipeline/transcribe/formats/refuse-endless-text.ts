import { TranscriptUnreadable } from '../transcript-errors.ts'
import { parseTimingLine } from './parse-time-stamp.ts'

/**
 * Most letters of one caption. An hour of speech has 55,000; where more stand under one time, all word times would be
 * guesses, and reading a million of them holds the whole program up for seconds.
 */
const longestCaption = 100_000
/** Most letters of all captions: two days of speech without a breath. */
const longestTranscript = 3_000_000

/** Looks at the lines of SRT or WebVTT before they are read. @throws TranscriptUnreadable */
export function refuseEndlessCaptions(lines: readonly string[], name: string): void {
  const total = lines.reduce((sum, line) => sum + line.length, 0)
  if (total <= longestCaption) return
  let letters = 0
  let spoken = 0
  let lineNumber = 1
  for (const [index, line] of lines.entries()) {
    if (parseTimingLine(line) === null) {
      letters += line.length
      spoken += line.length
      refuseOver(longestCaption, { letters, name, what: `a caption (line ${lineNumber})` })
    } else {
      letters = 0
      lineNumber = index + 1
    }
  }
  refuseOver(longestTranscript, { letters: spoken, name, what: 'text' })
}

/** Looks at the texts of a JSON transcript before it is read: `text` of the whole document may be as long as all together. */
export function refuseEndlessTexts(value: unknown, name: string): void {
  // A list and not recursion: what is nested a million deep must not end us.
  const waiting: { inside: unknown; path: string }[] = [{ inside: value, path: '' }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (typeof next.inside !== 'object' || next.inside === null) continue
    for (const [key, inner] of Object.entries(next.inside)) {
      const path = next.path === '' ? key : `${next.path}.${key}`.slice(-60)
      if (typeof inner === 'string') {
        const most = next.path === '' ? longestTranscript : longestCaption
        refuseOver(most, { letters: inner.length, name, what: `a text (${path})` })
      } else waiting.push({ inside: inner, path })
    }
  }
}

function refuseOver(most: number, { letters, name, what }: { letters: number; name: string; what: string }): void {
  if (letters <= most) return
  throw new TranscriptUnreadable(name, `has ${what} of more than ${most.toLocaleString('en')} letters`)
}
