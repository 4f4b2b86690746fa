import { seededRandom } from '../../src/domain/seeded-random.ts'
import type { Labelled } from './labelled.ts'

/** As a machine would write it: full stops, commas and question marks, none of a transcriber's dashes, dots, quotes and shouts. */
export function withoutStyle(recording: Labelled): Labelled {
  return withText(recording, (text) =>
    text
      .replace(/\s*(?:\.\.\.|…)\s*$/u, '.')
      .replace(/["“”;:()]/gu, '')
      .replace(/\.\.\.|…/gu, ' ')
      .replace(/\s-+\s|--+|[–—]/gu, ' ')
      .replaceAll('!', '.'),
  )
}

/** No marks and no capitals at all. */
export function withoutMarks(recording: Labelled): Labelled {
  return withText(recording, (text) => text.replace(/[^\p{L}\p{N}'\s]/gu, ' ').toLowerCase())
}

export function withoutSpeakers(recording: Labelled): Labelled {
  return { ...recording, segments: recording.segments.map((segment) => ({ ...segment, speaker: null })) }
}

/** What may be missing from a transcript, by name. */
export const transcriptChanges: readonly [string, (recording: Labelled) => Labelled][] = [
  ['no marks, no capitals', withoutMarks],
  ['no speakers', withoutSpeakers],
  ['no marks, no speakers', bare],
  ['no marks, no speakers, a tenth of the words wrong', (recording) => withWordErrors(bare(recording), 0.1)],
  ['no marks, no speakers, cues of a minute', (recording) => inLongCues(withoutMarks(recording), 60)],
  ['another language', inAnotherLanguage],
  ['another language, no speakers', (recording) => withoutSpeakers(inAnotherLanguage(recording))],
]

function bare(recording: Labelled): Labelled {
  return withoutSpeakers(withoutMarks(recording))
}

/** As a recogniser mishears it: a share of the words becomes another word of the recording, is left out, or is followed by one too many. */
export function withWordErrors(recording: Labelled, share: number): Labelled {
  const random = seededRandom(29)
  const vocabulary = recording.segments.flatMap(({ text }) => text.split(/\s+/))
  const another = () => vocabulary[Math.floor(random() * vocabulary.length)] ?? ''
  const heard = (word: string) => {
    const draw = random() / share
    if (draw < 0.6) return [another()]
    if (draw < 0.85) return []
    return draw < 1 ? [word, another()] : [word]
  }
  return withText(recording, (text) => text.split(/\s+/).flatMap(heard).join(' '))
}

/** In cues of up to so many seconds, whoever speaks in them: as some players and services write transcripts. */
export function inLongCues(recording: Labelled, seconds: number): Labelled {
  const cues: Labelled['segments'] = []
  for (const { start, end, text } of recording.segments) {
    const cue = cues.at(-1)
    if (cue === undefined || end - cue.start > seconds) cues.push({ start, end, text, speaker: null })
    else Object.assign(cue, { end: Math.max(end, cue.end), text: `${cue.text} ${text}` })
  }
  return { ...recording, segments: cues }
}

/** Each word becomes another, always the same and as long, that no language has. */
export function inAnotherLanguage(recording: Labelled): Labelled {
  return withText(recording, (text) => text.replace(/[\p{L}']+/gu, nonsenseFor))
}

const letters = 'bdfgklmnprstvz'

function nonsenseFor(word: string): string {
  let hash = 7
  for (const letter of word.toLowerCase()) hash = Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)
  return Array.from({ length: word.length + 1 }, () => {
    hash = Math.imul(hash, 1_103_515_245) + 12_345
    return letters[(hash >>> 16) % letters.length]
  }).join('')
}

function withText(recording: Labelled, change: (text: string) => string): Labelled {
  const segments = recording.segments.flatMap((segment) => {
    const text = change(segment.text).replace(/\s+/gu, ' ').trim()
    return text === '' ? [] : [{ ...segment, text }]
  })
  return { ...recording, segments }
}
