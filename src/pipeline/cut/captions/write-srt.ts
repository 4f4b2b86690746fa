import type { ClipWord } from './clip-word.ts'
import { formatCueTime } from './format-cue-time.ts'
import { groupCues } from './group-cues.ts'

/** SubRip file of a clip, plain text. An arrow in the text would read as a time line, so it is written as `→`. */
export function writeSrt(words: ClipWord[]): string {
  return groupCues(words)
    .map(({ start, end, lines }, i) => {
      const times = `${formatCueTime(start, ',')} --> ${formatCueTime(end, ',')}`
      return `${i + 1}\n${times}\n${lines.join('\n').replaceAll('-->', '→')}\n`
    })
    .join('\n')
}
