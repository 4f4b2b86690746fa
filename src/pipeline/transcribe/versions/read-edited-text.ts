import { decodeText } from '../formats/decode-text.ts'
import { parseTimingLine } from '../formats/parse-time-stamp.ts'
import { parseTranscript } from '../formats/parse-transcript.ts'
import { splitTextIntoWords } from '../words/split-text-into-words.ts'
import type { EditedText } from './carry-times.ts'

interface Reading {
  /** Of the file, for messages. */
  name: string
  language: string | null
  /** Whom the transcript names: `Ana: …` in the text is then Ana, not a word. */
  speakers: readonly string[]
}

/**
 * The text of a corrected file, in any format that is exported, for `carryTimes`: its own times do not count.
 * @throws TranscriptUnreadable
 */
export function readEditedText(bytes: Uint8Array, { name, language, speakers }: Reading): EditedText[] {
  const { text } = decodeText(bytes, name)
  const pieces = isTimed(text)
    ? parseTranscript(bytes, { name, language }).cues.map((cue) => ({
        text: cue.text,
        speaker: cue.speaker ?? undefined,
      }))
    : text.split(/\r\n|\r|\n/).map((line) => ({ text: line, speaker: undefined }))
  let before: string | undefined
  return pieces.flatMap((piece) => {
    const found = speakers.find((speaker) => piece.text.trimStart().startsWith(`${speaker}: `))
    const spoken = found === undefined ? piece.text : piece.text.trimStart().slice(found.length + 1)
    before = found ?? piece.speaker ?? before
    const words = splitTextIntoWords(spoken, language)
    return words.length === 0 ? [] : [{ speaker: before, words }]
  })
}

function isTimed(text: string): boolean {
  return (
    /^\s*[{[]/.test(text) ||
    text.startsWith('WEBVTT') ||
    text.split(/\r\n|\r|\n/).some((line) => parseTimingLine(line) !== null)
  )
}
