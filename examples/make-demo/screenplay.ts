import { readFileSync } from 'node:fs'

export const speakers = ['Nora', 'Felix'] as const
export type Speaker = (typeof speakers)[number]
export type Framing = 'wide' | 'close' | 'tight'

/** One sentence (or the part of it before a pause that matters), with how to say and film it. */
export type Line = {
  speaker: Speaker
  text: string
  /** Silence asked for before it, in seconds, on top of the usual one. */
  pause: number
  manner: ReadonlySet<string>
  framing: Framing | undefined
  opensTurn: boolean
  opensSection: boolean
}

export type Section = { title: string; worthClipping: boolean; lines: Line[] }

/**
 * The screenplay is plain text: `# moment: title` or `# filler: title` opens a section, `NORA: …` is a turn,
 * `{soft slow tight}` tells how to say and film what follows in the turn, `(0.7)` is a pause in seconds.
 */
export function readScreenplay(path: URL): Section[] {
  const sections: Section[] = []
  for (const row of readFileSync(path, 'utf8').split('\n')) {
    const heading = /^# (moment|filler): (.+)$/.exec(row)
    if (heading) sections.push({ title: heading[2]!, worthClipping: heading[1] === 'moment', lines: [] })
    const turn = /^([A-Z]+): (.+)$/.exec(row)
    if (turn) addTurn(sections.at(-1)!, speakerNamed(turn[1]!), turn[2]!)
  }
  return sections
}

function addTurn(section: Section, speaker: Speaker, text: string) {
  const opensSection = section.lines.length === 0
  sentencesOf(text).forEach((sentence, index) => {
    section.lines.push({ speaker, ...sentence, opensTurn: index === 0, opensSection: opensSection && index === 0 })
  })
}

function sentencesOf(text: string) {
  let manner: ReadonlySet<string> = new Set()
  return text
    .split(/(?<=[.?!]"?|,|:) +(?=[({])|(?<=[.?!]"?) +/)
    .reduce<string[]>(joinLoneDirections, [])
    .map((piece) => {
      const directions = /\{([^}]*)\}/.exec(piece)?.[1]?.split(' ')
      if (directions) manner = new Set(directions)
      return {
        text: piece.replace(/\{[^}]*\}|\([\d.]+\)/g, '').trim(),
        pause: Number(/\(([\d.]+)\)/.exec(piece)?.[1] ?? 0),
        manner,
        framing: directions?.find((word) => word === 'wide' || word === 'close' || word === 'tight'),
      }
    })
}

/** `{soft} (0.7) Text` must stay together, though each piece could open a sentence. */
function joinLoneDirections(pieces: string[], piece: string): string[] {
  const previous = pieces.at(-1)
  const isLone = previous !== undefined && /^[({][^)}]*[)}]$/.test(previous)
  return isLone ? [...pieces.slice(0, -1), `${previous} ${piece}`] : [...pieces, piece]
}

function speakerNamed(name: string): Speaker {
  const speaker = speakers.find((known) => known.toUpperCase() === name)
  if (!speaker) throw new Error(`The screenplay has a line for ${name}, who is not in this show`)
  return speaker
}
