import { describe, expect, it } from 'vitest'
import { lengthOf, overlapOf } from '../../../domain/time-range.ts'
import type { Segment } from '../../../domain/transcript.ts'
import { conversation, longTalk } from '../conversation-for-test.ts'
import { beginnings, talkAboutSubjects } from '../subjects-for-test.ts'
import { findAnswers } from './find-answers.ts'

function ask(query: string, segments: readonly Segment[] = talk, limits = {}) {
  const duration = Math.max(0, ...segments.map(({ end }) => end).filter(Number.isFinite)) + 1
  return findAnswers({
    segments,
    duration,
    analysis: null,
    query,
    limits: { count: 3, minSeconds: 15, maxSeconds: 60, ...limits },
  })
}

const talk = talkAboutSubjects(4)
const [, ferry = 0, museum = 0] = beginnings(talk)

describe('findAnswers', () => {
  it('finds where they talk about it', () => {
    const [best] = ask('Where do they talk about the ferry and its captain?').moments
    expect(best).toBeDefined()
    const span = best?.span ?? { start: best?.start ?? 0, end: best?.end ?? 0 }
    expect(overlapOf(span, { start: ferry, end: museum }) / lengthOf(span)).toBeGreaterThan(0.8)
  })

  it('cuts the clip out of the answer, on sentences, at the length asked for', () => {
    for (const moment of ask('the ferry and the harbour').moments) {
      expect(lengthOf(moment)).toBeGreaterThanOrEqual(15)
      expect(lengthOf(moment)).toBeLessThanOrEqual(60)
      if (moment.span) expect(overlapOf(moment, moment.span)).toBeGreaterThan(lengthOf(moment) * 0.5)
      expect(moment.text).toMatch(/^\p{Lu}.*[.!?]$/su)
    }
  })

  it('never shows the same seconds twice', () => {
    const { moments } = ask('ferry', talk, { count: 8 })
    for (const [i, a] of moments.entries()) for (const b of moments.slice(i + 1)) expect(overlapOf(a, b)).toBe(0)
  })

  it('says why, with the words that were said', () => {
    expect(ask('the ferry tickets').moments[0]?.reasons[0]?.text).toMatch(/^Says “(?:ferry|tickets)”/)
  })

  it('prefers what the speaker who is asked about says', () => {
    const lines = Array.from(
      { length: 120 },
      (_, i) =>
        [
          i >= 40 && i < 60 ? 'Nora Winter' : 'Bo Salt',
          `The budget of room ${i} is ${i >= 40 && i < 60 ? 'too small' : 'fine'} and the budget report says so in detail.`,
        ] as const,
    )
    const segments = conversation(lines)
    const { moments } = ask('What did Nora Winter say about the budget?', segments, { count: 1 })
    const [best] = moments
    const spoken = segments.filter(({ start, end }) => best && overlapOf({ start, end }, best.span ?? best) > 0)
    expect(spoken.filter(({ speaker }) => speaker === 'Nora Winter').length).toBeGreaterThan(spoken.length / 2)
    expect(best?.reasons.some(({ text }) => text.includes('Nora Winter'))).toBe(true)
  })

  it.each([
    ['words nobody says', 'cryptocurrency taxation in Paraguay', /None of the words|seems to be about/],
    ['words that only ask', 'what is it about?', /no word that could be looked for/],
    ['emoji', '🎉🎉🎉', /no word that could be looked for/],
    ['nothing', '', /no word that could be looked for/],
  ])('finds nothing for %s, and says so', (_, query, reason) => {
    const { moments, shortfall } = ask(query)
    expect(moments).toEqual([])
    expect(shortfall).toMatch(reason)
  })

  it('says that there is no speech', () => {
    expect(ask('ferry', [])).toMatchObject({ moments: [], shortfall: expect.stringContaining('no speech') })
  })

  it('answers a question of ten thousand letters by its beginning', () => {
    const { moments } = ask(`ferry captain harbour ${'and so on '.repeat(1000)}`)
    expect(moments[0]?.text).toMatch(/ferry|captain|harbour/)
  })

  it('answers without speakers and without marks', () => {
    const bare = talkAboutSubjects(4, [null]).map((segment) => ({
      ...segment,
      text: segment.text.toLowerCase().replace(/[.,]/g, ''),
      words: segment.words.map((word) => ({ ...word, text: word.text.toLowerCase().replace(/[.,]/g, '') })),
    }))
    const [best] = ask('FERRY captain', bare).moments
    expect(best?.start).toBeGreaterThan(ferry - 30)
    expect(best?.end).toBeLessThan(museum + 30)
  })

  it('answers in other scripts', () => {
    const lines = Array.from(
      { length: 80 },
      (_, i) =>
        [null, i >= 40 && i < 50 ? '我们 今天 讨论 气候变化 的 影响。' : '然后 大家 一起 去 公园 散步 吃饭。'] as const,
    )
    const segments = conversation(lines, { perWord: 0.6 })
    const [best] = ask('气候变化', segments).moments
    expect(best?.text).toContain('气候变化')
  })

  it('gives the same answer each time', () => {
    expect(ask('ferry')).toEqual(ask('ferry'))
  })

  it('stays whole when times are broken', () => {
    const broken = longTalk(3).map((segment, i) =>
      i % 5 === 0 ? { ...segment, start: Number.NaN, end: -3, words: [] } : segment,
    )
    for (const { start, end } of ask('kettle', broken).moments) expect(start).toBeLessThan(end)
  })
})
