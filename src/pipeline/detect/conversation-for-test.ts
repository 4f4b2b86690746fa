import type { Segment } from '../../domain/transcript.ts'

export type Line = readonly [speaker: string | null, text: string]

interface Timing {
  /** Seconds a word takes. */
  perWord?: number
  /** Seconds between two lines. */
  pause?: number
  /** Second at which the first line starts. */
  from?: number
}

/** Segments of people who say these lines one after the other, two and a half words a second unless told otherwise. */
export function conversation(lines: readonly Line[], { perWord = 0.4, pause = 0.3, from = 0 }: Timing = {}): Segment[] {
  let clock = from
  return lines.map(([speaker, text], ordinal) => {
    const words = text.split(/\s+/).map((word) => {
      const start = clock
      clock += perWord
      return { text: word, start, end: clock, confidence: null, timing: 'exact' as const }
    })
    const segment = { ordinal, start: words[0]?.start ?? clock, end: clock, text, speaker, words }
    clock += pause
    return segment
  })
}

/** A long talk between two people in which a passage that stands out comes every nine minutes, repeatable and never twice the same sentence. */
export function longTalk(minutes: number): Segment[] {
  const lines: Line[] = []
  for (let i = 0; lines.length < minutes * 9; i++) {
    lines.push(...(i % 40 === 25 ? lively(i) : calm(i)))
  }
  return conversation(lines)
}

const things = [
  'queue',
  'index',
  'harbour',
  'kettle',
  'lantern',
  'ledger',
  'orchard',
  'bridge',
  'cellar',
  'compass',
  'anchor',
  'meadow',
]
const acts = [
  'moves',
  'breaks',
  'grows',
  'waits',
  'leaks',
  'shrinks',
  'turns',
  'sleeps',
  'listens',
  'drifts',
  'settles',
]

function calm(i: number): Line[] {
  const thing = things[i % things.length]
  const act = acts[i % acts.length]
  return [
    ['Ana', `The ${thing} number ${i} ${act} slowly whenever the people around it carry on with their ordinary work.`],
    ['Ana', `Our team measured the ${thing} for a whole season and wrote the figures of round ${i} in a long table.`],
    [
      'Bo',
      `Then the ${things[(i * 5 + 3) % things.length]} in room ${i} ${acts[(i * 7 + 1) % acts.length]} and the record of it stays where it was left.`,
    ],
  ]
}

const scenes: Line[][] = [
  [
    ['Ana', 'What happened at the wedding, Bo?'],
    ['Bo', 'Oh my god, I sat on the cake.'],
    ['Ana', 'No way!'],
    ['Bo', 'The groom cried.'],
    ['Ana', 'Are you serious?'],
    ['Bo', 'In front of everyone.'],
    ['Ana', 'That is hilarious.'],
    ['Bo', 'My pants were white.'],
    ['Ana', 'Wow.'],
  ],
  [
    ['Bo', 'Who drove the van into the fountain?'],
    ['Ana', 'Ha, guilty.'],
    ['Bo', 'You are kidding.'],
    ['Ana', 'I waved at the mayor, Bo.'],
    ['Bo', 'Ridiculous!'],
    ['Ana', 'She waved back.'],
    ['Bo', 'With the duck?'],
    ['Ana', 'A silly yellow one.'],
    ['Bo', 'I love her.'],
  ],
]

function lively(i: number): Line[] {
  return scenes[Math.floor(i / 40) % scenes.length] ?? []
}
