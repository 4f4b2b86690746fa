import type { ParsedTranscript } from '../transcriber.ts'
import { TranscriptUnreadable } from '../transcript-errors.ts'
import { decodeText } from './decode-text.ts'
import { parseSrt } from './parse-srt.ts'
import { parseTimingLine } from './parse-time-stamp.ts'
import { parseTranscriptJson } from './parse-transcript-json.ts'
import { parseVtt } from './parse-vtt.ts'
import { refuseEndlessCaptions } from './refuse-endless-text.ts'

interface ParseTranscriptOptions {
  /** Name of the file or track, for messages. */
  name: string
  /** What the file name or the track says; the content wins over it. */
  language: string | null
}

/**
 * Reads the bytes of a transcript in any format we know, told apart by content and never by file name.
 * A transcript of silence (a WEBVTT header, empty segments) is fine and has no cues.
 * @throws TranscriptUnreadable
 */
export function parseTranscript(bytes: Uint8Array, { name, language }: ParseTranscriptOptions): ParsedTranscript {
  const { text, warnings } = decodeText(bytes, name)
  const parsed = parseText(text.trimStart(), { name, language })
  return { ...parsed, language: parsed.language ?? language, warnings: [...warnings, ...parsed.warnings] }
}

function parseText(text: string, { name, language }: ParseTranscriptOptions): ParsedTranscript {
  if (/^[{[]\s*["{}[\]]/.test(text)) return parseTranscriptJson(text, { name })
  const lines = text.split(/\r\n|\r|\n/)
  const isVtt = text.startsWith('WEBVTT')
  if (isVtt || lines.some((line) => parseTimingLine(line) !== null)) {
    refuseEndlessCaptions(lines, name)
    return isVtt ? parseVtt(text, { language }) : parseSrt(text, { language })
  }
  throw new TranscriptUnreadable(name, 'has no timed text in it')
}
