import type { CaptionLine } from '../formats/parse-cue-lines.ts'
import type { Caption } from './undo-rolling-captions.ts'

interface NamedCaptions {
  captions: Caption[]
  /** The names found, most frequent first. */
  speakers: string[]
}

/** A label: `Name:`, `LARS RASMUSSEN:`, `[SPEAKER_01]:`, then a blank or the end of the line. */
const label = /^\s*(?:\[([^[\]:]{1,40})\]|([\p{L}][\p{L}\p{N}.'’_ -]{0,39})):(?=\s|$)/u
/** `>> ` and `- ` open another speaker's turn; a minus before a digit is a number. */
const turnMark = /^\s*(?:>{2,3}|[-–](?=\s*[\p{L}"'“‘¿¡[(]))\s*/u
const role =
  /^(?:(?:male|female|young|old) )?(?:man|woman|boy|girl|narrator|announcer|host|guest|interviewer|moderator|reporter|audience(?: member)?|speaker|all|both|voice|q|a)(?: ?#?\d{1,2})?$/i
const name =
  /^(?:\p{Lu}[\p{L}.'’-]*|[\p{Lu}\p{N}_]+|de|da|von|van|der|la|le|el|bin|of)(?: (?:\p{Lu}[\p{L}.'’-]*|\p{N}{1,3}|[\p{Lu}\p{N}_]+|de|da|von|van|der|la|le|el|bin|of)){0,3}$/u
/** Words that open many sentences with a colon and name no one. */
const notNames =
  /^(?:note|notes|example|for example|warning|question|answer|step|tip|remember|chapter|part|rule|number|lesson|point|ps|p\.s|today|result|subtitles|captions|transcript)(?: \d+)?$/i

/**
 * Reads `Name:` at the start of a line as the speaker from there on, and takes it out of the text; but only in files
 * where such names recur, since "One thing: …" is just speech. `>> ` and `- ` are removed; without a name they say
 * that someone else speaks, and not who.
 */
export function nameSpeakers(captions: Caption[]): NamedCaptions {
  const counts = countLabels(captions)
  const isLabelled = [...counts.values()].some((count) => count > 1)
  const found = new Map<string, number>()
  let speaker: string | null = null
  const named = captions.map((caption) => ({
    ...caption,
    lines: caption.lines.map((line) => {
      const read = readLine(line, isLabelled)
      if (read.speaker) found.set(read.speaker, (found.get(read.speaker) ?? 0) + 1)
      if (read.speaker !== undefined) speaker = read.speaker
      return { pieces: read.line.pieces.map((piece) => ({ ...piece, speaker: piece.speaker ?? speaker })) }
    }),
  }))
  return { captions: named, speakers: [...found].sort((a, b) => b[1] - a[1]).map(([speakerName]) => speakerName) }
}

function countLabels(captions: Caption[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { lines } of captions) {
    for (const line of lines) {
      const found = labelOf((line.pieces[0]?.text ?? '').replace(turnMark, ''))
      if (found) counts.set(found.speaker, (counts.get(found.speaker) ?? 0) + 1)
    }
  }
  return counts
}

/** `speaker` is undefined when the line says nothing about it, null when it says that someone else speaks. */
function readLine(line: CaptionLine, isLabelled: boolean): { line: CaptionLine; speaker?: string | null } {
  const [first, ...others] = line.pieces
  if (!first) return { line }
  const unmarked = first.text.replace(turnMark, '')
  const found = isLabelled ? labelOf(unmarked) : null
  const text = found ? found.rest : unmarked
  const result = { line: { pieces: [{ ...first, text }, ...others] } }
  if (found) return { ...result, speaker: found.speaker }
  return unmarked === first.text ? result : { ...result, speaker: null }
}

function labelOf(text: string): { speaker: string; rest: string } | null {
  const match = label.exec(text)
  const speaker = (match?.[1] ?? match?.[2])?.trim()
  if (!match || !speaker || notNames.test(speaker) || !(role.test(speaker) || name.test(speaker))) return null
  return { speaker, rest: text.slice(match[0].length) }
}
