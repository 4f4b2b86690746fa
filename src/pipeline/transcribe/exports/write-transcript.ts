import type { Segment, TranscriptOrigin } from '../../../domain/transcript.ts'
import { type ExportedCue, transcriptCues } from './transcript-cues.ts'

export const transcriptFormats = ['srt', 'vtt', 'txt', 'json'] as const
export type ExportFormat = (typeof transcriptFormats)[number]

export const transcriptSchemaName = 'clipwright.transcript/1'

export interface TranscriptToExport {
  recording: { title: string; duration: number; hash: string }
  version: number
  origin: TranscriptOrigin
  language: string | null
  segments: readonly Segment[]
}

/** A transcript as a file others read. JSON keeps everything and reads back as it was; the others keep text, cue times, speakers. */
export function writeTranscript(transcript: TranscriptToExport, format: ExportFormat): string {
  switch (format) {
    case 'srt':
      return srt(transcriptCues(transcript.segments))
    case 'vtt':
      return vtt(transcriptCues(transcript.segments))
    case 'txt':
      return txt(transcript.segments)
    case 'json':
      return json(transcript)
  }
}

/** SubRip has no place for speakers: the name stands before what they say, where they change. */
function srt(cues: readonly ExportedCue[]): string {
  return cues
    .map(({ start, end, lines, speaker }, i) => {
      const name = speaker !== null && speaker !== (cues[i - 1]?.speaker ?? null) ? `${oneLine(speaker)}: ` : ''
      return `${i + 1}\n${clock(start, ',')} --> ${clock(end, ',')}\n${name}${lines.map(oneLine).join('\n').replaceAll('-->', '→')}\n`
    })
    .join('\n')
}

/** W3C WebVTT, with a voice for each speaker. */
function vtt(cues: readonly ExportedCue[]): string {
  const written = cues.map(({ start, end, lines, speaker }) => {
    const voice = speaker === null ? '' : `<v ${escape(oneLine(speaker))}>`
    return `\n${clock(start, '.')} --> ${clock(end, '.')}\n${voice}${lines.map((line) => escape(oneLine(line))).join('\n')}\n`
  })
  return `WEBVTT\n${written.join('')}`
}

/** A paragraph for each turn of a speaker, or for what is said between longer pauses. */
function txt(segments: readonly Segment[]): string {
  const paragraphs: { speaker: string | null; text: string; end: number }[] = []
  for (const { speaker, text, start, end } of segments) {
    const last = paragraphs.at(-1)
    if (last && last.speaker === speaker && start - last.end < paragraphPause) {
      last.text += ` ${oneLine(text)}`
      last.end = end
    } else paragraphs.push({ speaker, text: oneLine(text), end })
  }
  return `${paragraphs.map(({ speaker, text }) => (speaker === null ? text : `${oneLine(speaker)}: ${text}`)).join('\n\n')}\n`
}

/** Seconds. */
const paragraphPause = 2

function json({ recording, version, origin, language, segments }: TranscriptToExport): string {
  const plain = segments.map(({ start, end, text, speaker, words }) => ({ start, end, text, speaker, words }))
  return `${JSON.stringify({ schema: transcriptSchemaName, recording, version, origin, language, segments: plain }, null, 1)}\n`
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function clock(seconds: number, mark: ',' | '.'): string {
  const milliseconds = Math.max(0, Math.round(seconds * 1000))
  const whole = Math.floor(milliseconds / 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${[Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two).join(':')}${mark}${String(milliseconds % 1000).padStart(3, '0')}`
}
