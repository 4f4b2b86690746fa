import { describe, expect, it } from 'vitest'
import { rankedModes } from '../../domain/moment.ts'
import { lengthOf, overlapOf } from '../../domain/time-range.ts'
import type { Segment } from '../../domain/transcript.ts'
import { conversation, type Line, longTalk } from './conversation-for-test.ts'
import { detectMoments } from './detect-moments.ts'
import { handSetRanker } from './hand-set-ranker.ts'

/** Which clips are chosen, and how many, on recordings that make it hard. */
function detect(
  segments: readonly Segment[],
  asked: { count?: number; minSeconds?: number; maxSeconds?: number; duration?: number } = {},
) {
  const { count = 8, minSeconds = 12, maxSeconds = 60, duration = (segments.at(-1)?.end ?? 0) + 1 } = asked
  const settings = { mode: 'highlights' as const, count, minSeconds, maxSeconds }
  return detectMoments({ segments, duration, analysis: null, settings, ranker: handSetRanker })
}

const talk = longTalk(30)
const subjects = ['kettle', 'harbour', 'orchard', 'violin', 'glacier', 'pigeon']

/** Half a minute about one thing. */
function about(thing: string): Line[] {
  return Array.from(
    { length: 6 },
    (_, i): Line => ['Ana', `The ${thing} of the ${thing}maker has ${thing}s of kind ${thing}${i % 3}.`],
  )
}

describe('how many', () => {
  it.each([1, 2, 3, 5, 8, 20])('%i when there is enough', (count) => {
    expect(detect(talk, { count })).toMatchObject({ moments: { length: count }, shortfall: null })
  })

  it.each<[string, Segment[]]>([
    [
      'the same sentence over and over',
      conversation(
        Array.from({ length: 200 }, (): Line => ['Ana', 'Wooden boats leak when the cold harbour freezes.']),
      ),
    ],
    [
      'announcements and sponsors only',
      conversation(
        Array.from(
          { length: 200 },
          (): Line => ['Ana', 'This episode is brought to you by our sponsor, so subscribe.'],
        ),
      ),
    ],
    [
      'one island of speech a minute',
      Array.from({ length: 14 }, (_, i) => conversation(about(subjects[i % 6] ?? ''), { from: i * 60 })).flat(),
    ],
    ['single words', conversation(Array.from({ length: 1500 }, (_, i): Line => [`S${i % 3}`, `Stone${i}.`]))],
    [
      'one sentence without end',
      conversation([['Ana', Array.from({ length: 1600 }, (_, i) => `word${i},`).join(' ')]]),
    ],
    [
      'questions only',
      conversation(
        Array.from(
          { length: 160 },
          (_, i): Line => ['Ana', `Why did the captain of boat ${i} leave the harbour at night?`],
        ),
      ),
    ],
  ])('at least three in ten minutes of %s', (_, segments) => {
    const duration = Math.max(600, (segments.at(-1)?.end ?? 0) + 1)
    for (const count of [3, 8]) expect(detect(segments, { count, duration }).moments.length).toBeGreaterThanOrEqual(3)
    expect(detect(segments, { count: 2, duration }).moments).toHaveLength(2)
  })

  it('three, also when a clip may be as long as the recording', () => {
    const short = longTalk(10)
    expect(short.at(-1)?.end).toBeGreaterThan(600)
    for (const maxSeconds of [120, 300, 600]) {
      const { moments } = detect(short, { maxSeconds, minSeconds: 30 })
      expect(moments.length).toBeGreaterThanOrEqual(3)
      for (const moment of moments) expect(lengthOf(moment)).toBeGreaterThanOrEqual(30)
    }
  })

  it('none only with a reason, fewer only with one', () => {
    for (const segments of [[], talk.slice(0, 1), talk.slice(0, 40)]) {
      const { moments, shortfall } = detect(segments, { count: 30, duration: 900 })
      expect(moments.length).toBeLessThan(30)
      expect(shortfall).toMatch(/^[A-Z].+\.$/)
    }
  })
})

describe('how long', () => {
  /** Sentences of 5 to 20 words, none like another. */
  const varied = conversation(
    Array.from({ length: 300 }, (_, i): Line => {
      const words = Array.from({ length: 4 + ((i * 7) % 16) }, (_, j) => `${subjects[(i + j) % 6]}${i}${j}`)
      return [i % 3 === 0 ? 'Bo' : 'Ana', `Boat ${words.join(' ')}.`]
    }),
  )

  it.each([
    [10, 15],
    [12, 60],
    [20, 25],
    [60, 90],
  ])('%i to %i seconds', (minSeconds, maxSeconds) => {
    const { moments } = detect(varied, { minSeconds, maxSeconds })
    expect(moments).toHaveLength(8)
    for (const moment of moments) {
      expect(lengthOf(moment)).toBeGreaterThanOrEqual(minSeconds)
      expect(lengthOf(moment)).toBeLessThanOrEqual(maxSeconds)
    }
  })

  it('rather shorter than none where no whole sentences last that long', () => {
    const even = conversation(
      Array.from(
        { length: 150 },
        (_, i): Line => [
          'Ana',
          `Boat ${i} of ${subjects[i % 6]} ${i * 7} came home with salt${i} and fish${i} for all of us.`,
        ],
      ),
    )
    const { moments } = detect(even, { minSeconds: 30, maxSeconds: 30.1 })
    expect(moments.length).toBeGreaterThanOrEqual(3)
    for (const moment of moments) {
      expect(lengthOf(moment)).toBeGreaterThanOrEqual(24)
      expect(lengthOf(moment)).toBeLessThanOrEqual(30.1)
    }
  })

  it('none where sentences leave no choice, and the reason is said', () => {
    const lines = Array.from(
      { length: 80 },
      (_, i): Line => ['Ana', `Boat ${Array.from({ length: 19 }, (__, j) => `word${i}x${j}`).join(' ')}.`],
    )
    const { moments, shortfall } = detect(conversation(lines, { perWord: 0.5 }), { minSeconds: 15, maxSeconds: 19 })
    expect(moments).toEqual([])
    expect(shortfall).toMatch(/^No whole sentences last as long as a moment may/)
  })
})

describe('which', () => {
  it('not the same passage twice, as a teaser and again later', () => {
    const passage: Line[] = [
      ['Bo', 'Who drove the van into the fountain?'],
      ['Ana', 'Guilty, I waved at the mayor, and she waved back at me.'],
      ['Bo', 'You are kidding, with the silly yellow duck on your head?'],
      ['Ana', 'With the duck on my head, in front of the whole town council.'],
      ['Bo', 'Ridiculous! I would have paid a fortune to see that.'],
    ]
    const calm = longTalk(12).filter(({ text }) => /round|slowly|record/.test(text))
    const later = (calm.at(-1)?.end ?? 0) + 40
    const segments = [
      ...conversation(passage),
      ...calm.map((segment) => shifted(segment, 40)),
      ...conversation(passage, { from: later }),
    ]
    const { moments } = detect(segments, { count: 6 })
    expect(moments).toHaveLength(6)
    expect(moments.filter(({ text }) => text.includes('yellow duck'))).toHaveLength(1)
  })

  it('of different subjects rather than of one', () => {
    const segments = subjects.flatMap((thing, i) =>
      conversation([...about(thing), ...about(thing), ...about(thing)], { from: i * 100 }),
    )
    const { moments } = detect(segments, { count: 6, maxSeconds: 30 })
    const named = moments.map(({ text }) => subjects.find((thing) => text.includes(thing)))
    expect(new Set(named).size).toBeGreaterThanOrEqual(5)
  })

  it.each(rankedModes)('never two that overlap, however many are asked for (%s)', (mode) => {
    const settings = { mode, count: 100, minSeconds: 12, maxSeconds: 60 }
    const duration = (talk.at(-1)?.end ?? 0) + 1
    const { moments } = detectMoments({ segments: talk, duration, analysis: null, settings, ranker: handSetRanker })
    expect(moments.length).toBeGreaterThan(20)
    for (const [i, a] of moments.entries()) for (const b of moments.slice(i + 1)) expect(overlapOf(a, b)).toBe(0)
  })
})

function shifted(segment: Segment, by: number): Segment {
  const later = <T extends { start: number; end: number }>(span: T): T => ({
    ...span,
    start: span.start + by,
    end: span.end + by,
  })
  return { ...later(segment), words: segment.words.map(later) }
}
