import { parseTimeStamp } from './parse-time-stamp.ts'

/** A stretch of a caption line; `at` is the second from which it is said, where the line states it. */
export interface CaptionPiece {
  text: string
  at: number | null
  speaker: string | null
}

/** One line on the screen. */
export interface CaptionLine {
  pieces: CaptionPiece[]
}

const tag = /<([^<>]{0,300})>/g
const knownTag = /^\/?(b|i|u|s|c|v|p|font|lang|ruby|rt|em|strong|span|div|small|big|sub|sup|center)(?=[.\s/]|$)/i
const voice = /^v(?:\.\S*)?\s+(.+)$/s
const lineBreak = /^br\s*\/?$/i

/**
 * Text lines of a cue without their markup: HTML tags, ASS override codes such as `{\an8}`, entities, control
 * characters. Keeps what the tags say: WebVTT voices (`<v Name>`) and the times of single words (`<00:01.000>`).
 * @param keepUnknownTags SRT has no tags of its own, so `<whatever>` there may be what was said
 */
export function parseCueLines(lines: string[], { keepUnknownTags }: { keepUnknownTags: boolean }): CaptionLine[] {
  let speaker: string | null = null
  let inRuby = false
  return lines.flatMap((line) => {
    const pieces: CaptionPiece[] = []
    let at: number | null = null
    let text = ''
    const close = () => {
      if (text.trim() !== '') pieces.push({ text: cleanText(text), at, speaker })
      text = ''
    }
    // A pattern with one group splits into text, tag, text, tag, … text.
    for (const [index, part] of withoutStyleCodes(line).split(tag).entries()) {
      if (index % 2 === 0) {
        if (!inRuby) text += part
        continue
      }
      const time = parseTimeStamp(part)
      const named = voice.exec(part)?.[1]
      if (time !== null || named !== undefined || part === '/v') close()
      if (time !== null) at = time
      else if (named !== undefined) speaker = cleanText(named).trim() || null
      else if (part === '/v') speaker = null
      else if (lineBreak.test(part)) text += ' '
      else if (/^\/?rt\b/.test(part)) inRuby = part === 'rt'
      else if (keepUnknownTags && !knownTag.test(part)) text += `<${part}>`
    }
    close()
    return pieces.length > 0 ? [{ pieces }] : []
  })
}

/** What a line reads, without its times and voices. */
export function textOf(line: CaptionLine): string {
  return line.pieces.map((piece) => piece.text).join('')
}

function withoutStyleCodes(line: string): string {
  return line.replace(/\{\\[^{}]*\}/g, '').replace(/\\[Nnh]/g, ' ')
}

/** Entities resolved, and what no one can see or say removed: control characters, byte order and direction marks. */
function cleanText(text: string): string {
  return decodeEntities(text)
    .replace(/(?!\s)\p{Cc}|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replace(/[\s\u00a0]+/g, ' ')
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '',
  rlm: '',
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ''
  })
}
