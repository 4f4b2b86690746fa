import { describe, expect, it } from 'vitest'
import { genres, type RankedMode, rankedModes } from '../../domain/moment.ts'
import { lengthOf, overlapOf } from '../../domain/time-range.ts'
import type { Segment } from '../../domain/transcript.ts'
import { conversation, type Line, longTalk } from './conversation-for-test.ts'
import { type DetectionInput, detectMoments } from './detect-moments.ts'
import { handSetRanker } from './hand-set-ranker.ts'

interface Options extends Partial<Omit<DetectionInput, 'settings' | 'segments'>> {
  mode?: RankedMode
  count?: number
  minSeconds?: number
  maxSeconds?: number
}

function detect(segments: readonly Segment[], options: Options = {}) {
  const { mode = 'viral', count = 8, minSeconds = 12, maxSeconds = 60, ...rest } = options
  const duration = Math.max(0, ...segments.map(({ end }) => end).filter(Number.isFinite)) + 1
  const settings = { mode, count, minSeconds, maxSeconds }
  return detectMoments({ segments, duration, analysis: null, ranker: handSetRanker, settings, ...rest })
}

const talk = longTalk(30)

describe('detectMoments', () => {
  it('puts the lively passages first when looking for what people react to', () => {
    const { moments } = detect(talk, { count: 2 })
    expect(new Set(moments.map(({ text }) => /sat on the cake|waved at the mayor/.exec(text)?.[0]))).toEqual(
      new Set(['sat on the cake', 'waved at the mayor']),
    )
    expect(moments[0]?.reasons.map(({ text }) => text).join('; ')).toMatch(
      /Quick back-and-forth between (?:Ana and Bo|Bo and Ana): \d+ turns in \d+ seconds/,
    )
    expect(moments[0]?.genre).toBe('humour')
  })

  it.each(rankedModes)('returns whole, ranked, explained moments in %s mode', (mode) => {
    const { moments, shortfall, candidateCount } = detect(talk, { mode })
    expect(moments).toHaveLength(8)
    expect(shortfall).toBeNull()
    expect(candidateCount).toBeGreaterThan(100)
    for (const [i, moment] of moments.entries()) {
      expect(moment.rank).toBe(i + 1)
      expect(moment.score).toBeLessThanOrEqual(moments[i - 1]?.score ?? 1)
      for (const value of [moment.score, moment.confidence, ...Object.values(moment.features)]) {
        expect(value >= 0 && value <= 1).toBe(true)
      }
      expect(genres).toContain(moment.genre)
      expect(moment.title.length).toBeGreaterThan(5)
      expect(moment.reasons.length).toBeGreaterThan(0)
      expect(moment.detector).toEqual({ rung: 'ranker', name: 'hand-set', version: '2' })
      expect(moment.text).toMatch(/^[A-Z].*[.!?]$/)
      expect(moment.text.startsWith(talk[moment.firstSegment]?.text ?? '?')).toBe(true)
      expect(moment.text.endsWith(talk[moment.lastSegment]?.text ?? '?')).toBe(true)
    }
  })

  it('keeps to the lengths asked for, and lets no two overlap', () => {
    const { moments } = detect(talk, { count: 30, minSeconds: 20, maxSeconds: 30 })
    expect(moments.length).toBeGreaterThan(20)
    for (const [i, moment] of moments.entries()) {
      expect(lengthOf(moment)).toBeGreaterThanOrEqual(20)
      expect(lengthOf(moment)).toBeLessThanOrEqual(30)
      for (const other of moments.slice(i + 1)) expect(overlapOf(moment, other)).toBe(0)
    }
  })

  it.each(rankedModes)('keeps the first eight as they are when ten are asked for (%s)', (mode) => {
    expect(detect(talk, { mode, count: 10 }).moments.slice(0, 8)).toEqual(detect(talk, { mode, count: 8 }).moments)
  })

  it('says the same twice', () => {
    expect(detect(talk)).toEqual(detect(structuredClone(talk)))
  })

  it('gives a curve of at most 600 points that peaks where the best moment is', () => {
    const { curve, moments } = detect(talk)
    expect(curve.values.length).toBeLessThanOrEqual(600)
    const best = moments[0] ?? { start: 0, end: 0 }
    const peak = curve.values.indexOf(Math.max(...curve.values)) * curve.step
    expect(peak).toBeGreaterThanOrEqual(best.start - curve.step)
    expect(peak).toBeLessThanOrEqual(best.end)
  })

  it('uses sound and picture when they are there', () => {
    const duration = (talk.at(-1)?.end ?? 0) + 1
    const values = Array.from({ length: Math.ceil(duration) }, (_, i) => (i > 300 && i < 340 ? -8 : -24 + (i % 5)))
    const analysis = { scenes: [], loudness: { step: 1, values, integrated: -18 }, silences: [], warnings: [] }
    const { moments } = detect(talk, { analysis, duration })
    const loud = moments.find((moment) => overlapOf(moment, { start: 305, end: 335 }) > 10)
    expect(loud?.reasons.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^Louder than 9\d % of the recording$/),
    )
    expect(moments.every(({ features }) => typeof features['loudness'] === 'number')).toBe(true)
  })

  it('leaves out the sponsor, however lively', () => {
    const sponsor: Line[] = Array.from({ length: 12 }, (_, i) => [
      i % 2 === 0 ? 'Ana' : 'Bo',
      i % 2 === 0 ? 'This episode is brought to you by our sponsor!' : 'Wow, sign up with the promo code!',
    ])
    const advert = conversation(sponsor, { from: (talk.at(-1)?.end ?? 0) + 1 })
    const { moments } = detect([...talk, ...advert], { count: 20 })
    expect(moments.some(({ text }) => text.includes('promo code'))).toBe(false)
  })
})

describe('detectMoments on what is short or odd', () => {
  it('takes an 11-second recording as one moment', () => {
    const segments = conversation([['Ana', 'Boats leak when the harbour freezes, and nobody knows why.']])
    const { moments, shortfall } = detect(segments, { duration: 11 })
    expect(moments).toMatchObject([
      { start: 0, end: 11, rank: 1, text: 'Boats leak when the harbour freezes, and nobody knows why.' },
    ])
    expect(shortfall).toBe('The recording lasts 11 seconds: it is one moment as a whole.')
  })

  it('finds nothing, with the reason, where nobody speaks', () => {
    const { moments, shortfall, candidateCount, curve } = detect([], { duration: 900 })
    expect({ moments, candidateCount }).toEqual({ moments: [], candidateCount: 0 })
    expect(shortfall).toMatch(/no speech/)
    expect(curve.values.every((value) => value === 0)).toBe(true)
  })

  it('finds nothing in one word in a long recording', () => {
    const { moments, shortfall } = detect(conversation([['Ana', 'Hello.']]), { duration: 600 })
    expect(moments).toEqual([])
    expect(shortfall).toBe('Nobody speaks for 12 seconds in a row, which is the least length of a moment.')
  })

  it('finds at least three in ten minutes that say the same over and over', () => {
    const lines: Line[] = Array.from({ length: 200 }, () => [
      'Ana',
      'Wooden boats leak when the cold harbour freezes over.',
    ])
    const { moments, shortfall } = detect(conversation(lines))
    expect(moments).toHaveLength(3)
    expect(shortfall).toMatch(/^Three moments of the 8 asked for/)
  })

  it('says why there are fewer than asked for', () => {
    const { moments, shortfall } = detect(longTalk(2), { count: 50 })
    expect(moments.length).toBeGreaterThan(1)
    expect(shortfall).toMatch(/of the 50 asked for/)
  })

  it('splits one cue of three hours at its words', () => {
    const text = Array.from({ length: 12_000 }, (_, i) => `word${i % 500}`).join(' ')
    const cue = { ordinal: 0, start: 0, end: 10_800, text, speaker: null, words: [] }
    const { moments } = detect([cue])
    expect(moments.length).toBeGreaterThanOrEqual(3)
    for (const moment of moments) expect(lengthOf(moment)).toBeLessThanOrEqual(60)
  })

  it('finds something to say about a speaker without full stops', () => {
    const sentence =
      'we went down to the river, and the ice was thin, so nobody dared to cross it, because the year before a horse fell in'
    const { moments } = detect(
      conversation(
        Array.from({ length: 40 }, (_, i): Line => ['Ana', `${sentence} number ${i},`]),
        { pause: 0 },
      ),
    )
    expect(moments.length).toBeGreaterThan(3)
    for (const { text } of moments) expect(text).toMatch(/[,\d]$/)
  })

  it('works in Chinese, without one known word', () => {
    const lines: Line[] = Array.from({ length: 120 }, (_, i) => [
      i % 3 === 0 ? '王' : '李',
      `今天 我们 讨论 第 ${i} 个 问题。 你 觉得 怎么样？`,
    ])
    const { moments, shortfall } = detect(conversation(lines), { mode: 'highlights' })
    expect(shortfall).toBeNull()
    expect(moments).toHaveLength(8)
    expect(moments.every(({ genre }) => genre === 'other' || genre === 'question')).toBe(true)
  })

  it.each<[string, Segment[]]>([
    [
      'zero length',
      conversation(
        Array.from({ length: 50 }, (_, i): Line => ['Ana', `Word ${i}.`]),
        { perWord: 0, pause: 0 },
      ),
    ],
    [
      'times that are no numbers',
      [
        ...talk.slice(0, 60),
        ...talk.slice(60, 80).map((segment) => ({ ...segment, start: Number.NaN, end: Number.NaN })),
      ],
    ],
    ['times beyond the end', talk.slice(0, 60).map((segment) => ({ ...segment, start: segment.start + 1e9 }))],
    ['everything twice', talk.slice(0, 90).flatMap((segment) => [segment, { ...segment }])],
    ['backwards', talk.slice(0, 90).toReversed()],
    ['emoji only', conversation(Array.from({ length: 90 }, (): Line => [null, '😂 😂 🎉 🎉 😂 🚀']))],
    [
      'a speaker for every word',
      conversation(Array.from({ length: 900 }, (_, i): Line => [`S${i}`, i % 5 === 0 ? 'boat.' : 'sail'])),
    ],
    ['all capitals', talk.slice(0, 90).map((segment) => ({ ...segment, text: segment.text.toUpperCase() }))],
  ])('survives %s', (_, segments) => {
    const { moments, shortfall, curve } = detect(segments, { duration: 400, count: 5 })
    expect(moments.length > 0 || shortfall !== null).toBe(true)
    for (const moment of moments) {
      expect(moment.start).toBeGreaterThanOrEqual(0)
      expect(moment.end).toBeLessThanOrEqual(400)
      expect(lengthOf(moment)).toBeGreaterThanOrEqual(12)
      expect(Number.isFinite(moment.score)).toBe(true)
    }
    expect(curve.values.every(Number.isFinite)).toBe(true)
  })

  it('survives a duration and lengths that make no sense', () => {
    expect(detect(talk, { duration: Number.NaN }).moments).toEqual([])
    expect(detect(talk, { duration: 0 }).shortfall).toMatch(/no speech/)
    expect(detect(talk, { minSeconds: 90, maxSeconds: 30 }).moments.every((moment) => lengthOf(moment) <= 30)).toBe(
      true,
    )
    expect(detect(talk, { count: 0 })).toMatchObject({ moments: [], shortfall: null })
  })

  it('reads 100,000 words', () => {
    const lines: Line[] = Array.from({ length: 6250 }, (_, i) => [
      i % 4 === 0 ? 'Bo' : 'Ana',
      `In year ${i} the ${i % 13} ships of the northern fleet came back with fish${i % 700} and salt${i % 300} for us.`,
    ])
    const { moments, candidateCount } = detect(conversation(lines), { count: 10 })
    expect(lines.reduce((sum, [, text]) => sum + text.split(' ').length, 0)).toBeGreaterThanOrEqual(100_000)
    expect(moments).toHaveLength(10)
    expect(candidateCount).toBeGreaterThan(5000)
  })
})
