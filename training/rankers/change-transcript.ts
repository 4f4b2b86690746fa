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
