import { TranscriptUnreadable } from '../transcript-errors.ts'

export interface DecodedText {
  /** Without byte order mark; line ends as they were. */
  text: string
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
  warnings: string[]
}

/** A 24-hour transcript with word times is about 20 MB of JSON. */
export const largestTranscriptBytes = 50 * 1024 * 1024

/**
 * Bytes of a transcript file as text: UTF-8 or UTF-16 by their marks, UTF-16 without one, plain UTF-8, else Windows-1252, which old
 * subtitle tools write.
 * @throws TranscriptUnreadable when empty, over 50 MB, or not text at all; `name` is the file's name for the sentence
 */
export function decodeText(bytes: Uint8Array, name: string): DecodedText {
  if (bytes.length > largestTranscriptBytes) throw new TranscriptUnreadable(name, 'is larger than 50 MB')
  const decoded = decode(bytes)
  if (decoded.text.trim() === '') throw new TranscriptUnreadable(name, 'is empty')
  if (looksBinary(decoded.text)) throw new TranscriptUnreadable(name, 'is not a text file')
  return decoded
}

function decode(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(bytes, 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decoded(bytes, 'utf-16be')
  const unmarked = unmarkedUtf16(bytes)
  if (unmarked !== null) return decoded(bytes, unmarked)
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8', warnings: [] }
  } catch {
    return decodeDamaged(bytes)
  }
}

/** UTF-16 whose mark was lost: times and line ends are ASCII in every script, with a zero before or after each; and no letter is two zeros. */
function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const start = bytes.subarray(0, 4000)
  let [little, big] = [0, 0]
  for (let at = 0; at + 1 < start.length; at += 2) {
    const [first = 0, second = 0] = [start[at], start[at + 1]]
    if (first === 0 && second === 0) return null
    if (second === 0 && isPlain(first)) little++
    if (first === 0 && isPlain(second)) big++
  }
  const most = Math.max(little, big)
  // A fifth of even the wordiest cue; a handful of pairs says nothing. The other way round there are a few: `一` and the broad blank end in a zero.
  if (most < 8 || most < start.length / 10 || Math.min(little, big) > most / 4) return null
  return little > big ? 'utf-16le' : 'utf-16be'
}

function isPlain(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** One broken byte in good UTF-8 must not turn every accent of the file into Windows-1252 nonsense. */
function decodeDamaged(bytes: Uint8Array): DecodedText {
  const utf8 = decoded(bytes, 'utf-8')
  const broken = countOf(utf8.text, /\ufffd/g)
  const whole = countOf(utf8.text, /(?!\ufffd)\P{ASCII}/gu)
  if (broken <= whole / 10) {
    return { ...utf8, warnings: [`${broken} broken character${broken === 1 ? '' : 's'} in the text.`] }
  }
  return {
    ...decoded(bytes, 'windows-1252'),
    warnings: ['The text is not UTF-8; it was read as Windows-1252, accents may be wrong.'],
  }
}

function decoded(bytes: Uint8Array, encoding: DecodedText['encoding']): DecodedText {
  return { text: new TextDecoder(encoding).decode(bytes), encoding, warnings: [] }
}

/** Text has no NUL and hardly a control character; a picture or a zip has both within its first bytes. */
function looksBinary(text: string): boolean {
  const start = text.slice(0, 100_000)
  const controls = countOf(start, /(?!\s)\p{Cc}/gu)
  return start.includes('\u0000') ? controls > 4 : controls > start.length / 100 + 4
}

function countOf(text: string, pattern: RegExp): number {
  let count = 0
  for (const _ of text.matchAll(pattern)) count++
  return count
}
