import { describe, expect, it } from 'vitest'
import type { Moment } from '../../domain/moment.ts'
import { lengthOf, overlapOf } from '../../domain/time-range.ts'
import type { Segment } from '../../domain/transcript.ts'
import { conversation, type Line, longTalk } from './conversation-for-test.ts'
import { detectMoments } from './detect-moments.ts'
import { handSetRanker } from './hand-set-ranker.ts'
import { inspectBorders } from './inspect-borders.ts'

interface Asked {
  duration?: number
  count?: number
  minSeconds?: number
  maxSeconds?: number
}

function detect(segments: readonly Segment[], asked: Asked = {}) {
  const { duration = endOf(segments) + 1, count = 8, minSeconds = 12, maxSeconds = 60 } = asked
  const settings = { mode: 'highlights' as const, count, minSeconds, maxSeconds }
  return detectMoments({ segments, duration, analysis: null, settings, ranker: handSetRanker })
}

function endOf(segments: readonly Segment[]): number {
  return segments.reduce((latest, { end }) => (Number.isFinite(end) ? Math.max(latest, end) : latest), 0)
}

/** What holds of every moment whatever the words are. */
function expectSound(moments: readonly Moment[], duration: number, [least, most] = [12, 60]): void {
  for (const [i, moment] of moments.entries()) {
    expect(moment.start).toBeGreaterThanOrEqual(0)
    expect(moment.end).toBeLessThanOrEqual(duration)
    expect(lengthOf(moment)).toBeGreaterThanOrEqual(least ?? 0)
    expect(lengthOf(moment)).toBeLessThanOrEqual(most ?? 0)
    expect(moment.score >= 0 && moment.score <= 1).toBe(true)
    for (const other of moments.slice(i + 1)) expect(overlapOf(moment, other)).toBe(0)
  }
}

const cue = (text: string, start: number, end: number, ordinal = 0): Segment => ({
  ordinal,
  start,
  end,
  text,
  speaker: null,
  words: [],
})
const talk = longTalk(20)

describe('nothing to choose from', () => {
  it.each<[string, Segment[], RegExp]>([
    ['an empty transcript', [], /no speech/],
    ['segments without a word', [cue('', 0, 60), cue('   ', 60, 120, 1)], /no speech/],
    ['marks alone', [cue('... -- ?! ¿', 0, 60)], /no speech/],
    [
      'music alone',
      Array.from({ length: 90 }, (_, i) => cue(i % 2 ? '[Music]' : '♪ la la la ♪', i * 10, i * 10 + 10, i)),
      /no speech/,
    ],
    ['one word', [cue('Hello.', 300, 301)], /Nobody speaks for 12 seconds/],
    ['one word that lasts for an hour', [cue('Hello.', 0, 3600)], /No whole sentences last/],
  ])('in %s: the reason is said', (_, segments, reason) => {
    const { moments, shortfall } = detect(segments, { duration: 3600 })
    expect(moments).toEqual([])
    expect(shortfall).toMatch(reason)
  })
})

describe('odd words', () => {
  it('one cue of three hours, with and without marks', () => {
    const sentence = 'We went down to the river number NN and the ice was thin so nobody dared to cross it'
    const numbered = (mark: string) =>
      Array.from({ length: 1500 }, (_, i) => sentence.replace('NN', `${i}`) + mark).join(' ')
    for (const text of [numbered('.'), numbered(''), numbered(',')]) {
      const { moments } = detect([cue(text, 0, 10_800)])
      expect(moments).toHaveLength(8)
      expectSound(moments, 10_801)
    }
  })

  it('one word of a hundred thousand letters', () => {
    const { moments, shortfall } = detect([cue('a'.repeat(100_000), 0, 600)])
    expectSound(moments, 601)
    expect(moments.length > 0 || shortfall !== null).toBe(true)
  })

  it('200,000 segments of two words', () => {
    const segments = Array.from({ length: 200_000 }, (_, i) =>
      cue(`word${i % 999} and${i % 77}`, i * 0.2, i * 0.2 + 0.2, i),
    )
    const { moments, candidateCount } = detect(segments)
    expect(moments).toHaveLength(8)
    expectSound(moments, 40_001)
    expect(candidateCount).toBeLessThanOrEqual(4 * (40_001 / 3 + 1))
  })

  it('no marks, no capitals', () => {
    const bare = talk.map((segment) => withText(segment, (text) => text.toLowerCase().replace(/[^\p{L}\p{N}' ]/gu, '')))
    const { moments, shortfall } = detect(bare)
    expect(shortfall).toBeNull()
    expectSound(moments, endOf(bare) + 1)
    expect(inspectBorders(moments, { segments: bare, duration: endOf(bare) + 1 })).toMatchObject({
      opensInside: 0,
      closesInside: 0,
    })
  })

  it('capitals alone: the same places as in small letters', () => {
    const loud = talk.map((segment) => withText(segment, (text) => text.toUpperCase()))
    const { moments } = detect(loud)
    expect(moments).toHaveLength(8)
    expect(inspectBorders(moments, { segments: loud, duration: endOf(loud) + 1 })).toMatchObject({
      opensInside: 0,
      closesInside: 0,
    })
  })

  it('emoji alone', () => {
    const { moments, shortfall } = detect(
      conversation(Array.from({ length: 300 }, (): Line => [null, '😂 👩‍👩‍👧 🎉 🎉 😂 🚀'])),
    )
    expectSound(moments, 1e6)
    expect(moments.length > 0 || shortfall !== null).toBe(true)
  })

  it('forty languages in one file', () => {
    const lines = [
      'Where is the boat?',
      'Das Boot ist weg.',
      '船在哪里？',
      'أين القارب؟',
      'नाव कहाँ है?',
      '¿Dónde está el barco?',
      'Où est le bateau ?',
    ]
    const segments = Array.from({ length: 400 }, (_, i) => cue(`${lines[i % lines.length]} ${i}`, i * 3, i * 3 + 3, i))
    const { moments, shortfall } = detect(segments)
    expect(shortfall).toBeNull()
    expectSound(moments, 1201)
  })

  it('a speaker for every word', () => {
    const segments = conversation(
      Array.from({ length: 3000 }, (_, i): Line => [`S${i}`, i % 5 === 0 ? `boat${i}.` : `sail${i % 700}`]),
      { pause: 0 },
    )
    const { moments } = detect(segments)
    expect(moments).toHaveLength(8)
    expectSound(moments, endOf(segments) + 1)
  })
})

describe('odd times', () => {
  const odd: [string, (segment: Segment, i: number) => Segment][] = [
    ['all equal', (segment) => moved(segment, () => 100)],
    ['backwards', (segment) => moved(segment, (time) => 1200 - time)],
    ['no numbers', (segment) => moved(segment, () => Number.NaN)],
    ['no numbers here and there', (segment, i) => (i % 7 === 0 ? moved(segment, () => Number.NaN) : segment)],
    ['infinite', (segment) => moved(segment, (time) => time / 0)],
    ['before the beginning', (segment) => moved(segment, (time) => time - 1e6)],
    ['beyond the end', (segment) => moved(segment, (time) => time + 1e6)],
    ['beyond the end from the middle on', (segment) => moved(segment, (time) => (time > 400 ? time * 3 : time))],
    ['all over the place', (segment, i) => moved(segment, (time) => (time * (i % 13)) % 1200)],
  ]
  it.each(odd)('%s', (_, change) => {
    const { moments, shortfall, curve } = detect(talk.map(change), { duration: 1200 })
    expectSound(moments, 1200)
    expect(moments.length > 0 || shortfall !== null).toBe(true)
    expect(curve.values.every(Number.isFinite)).toBe(true)
  })

  it('the words of segments backwards', () => {
    const segments = talk.map((segment) => ({ ...segment, words: segment.words.toReversed() }))
    expectSound(detect(segments).moments, endOf(talk) + 1)
  })

  it('a silence of ten minutes: no clip reaches into it', () => {
    const early = talk.slice(0, 60)
    const silent = { start: endOf(early) + 0.3, end: endOf(early) + 600 }
    const late = talk.slice(60, 120).map((segment) => moved(segment, (time) => time + 600))
    const { moments } = detect([...early, ...late], { count: 20 })
    expect(moments.length).toBeGreaterThan(5)
    for (const moment of moments) expect(overlapOf(moment, silent), moment.text).toBeLessThan(0.16)
  })
})

function withText(segment: Segment, change: (text: string) => string): Segment {
  return {
    ...segment,
    text: change(segment.text),
    words: segment.words.map((word) => ({ ...word, text: change(word.text) })).filter((word) => word.text !== ''),
  }
}

function moved(segment: Segment, change: (time: number) => number): Segment {
  const at = <T extends { start: number; end: number }>(span: T): T => ({
    ...span,
    start: change(span.start),
    end: change(span.end),
  })
  return { ...at(segment), words: segment.words.map(at) }
}
