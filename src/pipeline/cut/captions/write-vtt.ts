import { cleanText } from './clean-text.ts'
import type { ClipWord } from './clip-word.ts'
import { formatCueTime } from './format-cue-time.ts'
import { type Cue, groupCues } from './group-cues.ts'

/** WebVTT file of a clip, with a voice for each cue whose speaker is known. Source: W3C WebVTT, cue text syntax. */
export function writeVtt(words: ClipWord[]): string {
  const cues = groupCues(words).map((cue) => {
    const times = `${formatCueTime(cue.start, '.')} --> ${formatCueTime(cue.end, '.')}`
    return `\n${times}\n${voiceOf(cue)}${cue.lines.map(escapeVtt).join('\n')}\n`
  })
  return `WEBVTT\n${cues.join('')}`
}

/** A voice lasts to the cue's end, so its closing tag may be left out. */
function voiceOf({ speaker }: Cue): string {
  const name = escapeVtt(cleanText(speaker ?? ''))
  return name === '' ? '' : `<v ${name}>`
}

function escapeVtt(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
