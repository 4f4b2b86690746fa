import { captionsToCues } from '../cues/captions-to-cues.ts'
import type { ParsedTranscript } from '../transcriber.ts'
import { collectWarnings } from './collect-warnings.ts'
import { parseCueLines } from './parse-cue-lines.ts'
import { scanCues } from './scan-cues.ts'

/**
 * Reads SubRip text as it is found, which is seldom as it should be: numbers and blank lines may be missing, line ends
 * and decimal marks of any kind, HTML tags, ASS codes. Times stay as written, for `mendCues`. Never throws; a text
 * without a timing line gives no cues.
 */
export function parseSrt(text: string, { language = null }: { language?: string | null } = {}): ParsedTranscript {
  const warnings = collectWarnings()
  const raw = scanCues(text.split(/\r\n|\r|\n/), { isWebVtt: false, warnings })
  const captions = raw.map((cue) => ({ ...cue, lines: parseCueLines(cue.lines, { keepUnknownTags: true }) }))
  for (const { lines, lineNumber } of captions) {
    if (lines.length === 0) warnings.add('Cue without text skipped', `line ${lineNumber}`)
  }
  const spoken = captions.filter(({ lines }) => lines.length > 0)
  const cues = captionsToCues(spoken, { language, warnings })
  return { format: 'srt', language, cues, warnings: warnings.toSentences() }
}
