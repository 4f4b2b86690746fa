import { captionsToCues } from '../cues/captions-to-cues.ts'
import { normalizeLanguage } from '../normalize-language.ts'
import type { ParsedTranscript } from '../transcriber.ts'
import { collectWarnings } from './collect-warnings.ts'
import { parseCueLines } from './parse-cue-lines.ts'
import { scanCues } from './scan-cues.ts'

/**
 * Reads WebVTT (https://www.w3.org/TR/webvtt1/) leniently: voices become speakers, inline times become word times,
 * settings, comments, styles and regions are passed over. Times stay as written, for `mendCues`. Never throws.
 */
export function parseVtt(text: string, { language = null }: { language?: string | null } = {}): ParsedTranscript {
  const warnings = collectWarnings()
  const lines = text.split(/\r\n|\r|\n/)
  const header = headerOf(lines)
  if (/^WEBVTT(?!\s|$)/.test(lines[0] ?? '')) warnings.add('The first line is not quite WEBVTT', 'line 1')
  if (header.get('x-timestamp-map') !== undefined) {
    warnings.add('X-TIMESTAMP-MAP was passed over; times are read as seconds of the recording')
  }
  const spokenLanguage = normalizeLanguage(header.get('language')) ?? language
  const raw = scanCues(lines, { isWebVtt: true, warnings })
  const captions = raw.map((cue) => ({ ...cue, lines: parseCueLines(cue.lines, { keepUnknownTags: false }) }))
  for (const { lines: shown, lineNumber } of captions) {
    if (shown.length === 0) warnings.add('Cue without text skipped', `line ${lineNumber}`)
  }
  const spoken = captions.filter((caption) => caption.lines.length > 0)
  const cues = captionsToCues(spoken, { language: spokenLanguage, warnings })
  return { format: 'vtt', language: spokenLanguage, cues, warnings: warnings.toSentences() }
}

/** `Kind: captions`, `Language: en`, `X-TIMESTAMP-MAP=…`: what stands between WEBVTT and the first blank line. */
function headerOf(lines: string[]): Map<string, string> {
  const end = lines.findIndex((line) => line.trim() === '' || line.includes('-->'))
  return new Map(
    lines.slice(1, end === -1 ? 20 : end).flatMap((line) => {
      const match = /^([\w-]+)\s*[:=]\s*(.*)$/.exec(line)
      return match ? [[(match[1] ?? '').toLowerCase(), match[2] ?? ''] as const] : []
    }),
  )
}
