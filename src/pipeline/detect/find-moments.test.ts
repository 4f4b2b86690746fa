import { expect, it } from 'vitest'
import { type Mode, modes } from '../../domain/moment.ts'
import { findMoments, learntPartsOf } from './find-moments.ts'
import { handSetRanker } from './hand-set-ranker.ts'
import { talkAboutSubjects } from './subjects-for-test.ts'

const segments = talkAboutSubjects(4)
const duration = (segments.at(-1)?.end ?? 0) + 1
const find = (mode: Mode, query: string | null = null) =>
  findMoments({
    segments,
    duration,
    analysis: null,
    ranker: handSetRanker,
    settings: { mode, query, count: 4, minSeconds: 15, maxSeconds: 60 },
  })

it.each(modes)('finds whole, ranked moments inside the recording in mode %s', (mode) => {
  const { moments } = find(mode, mode === 'query' ? 'ferry tickets' : null)
  expect(moments.length).toBeGreaterThan(0)
  expect(moments.map(({ rank }) => rank)).toEqual(moments.map((_, i) => i + 1))
  for (const { start, end, span, title, score, confidence } of moments) {
    expect(start).toBeGreaterThanOrEqual(0)
    expect(end).toBeLessThanOrEqual(duration)
    if (span) expect(span.start).toBeLessThan(span.end)
    expect(title).not.toBe('')
    for (const share of [score, confidence]) expect(share).toBeGreaterThanOrEqual(0)
    for (const share of [score, confidence]) expect(share).toBeLessThanOrEqual(1)
  }
})

it('has chapters only when they were asked for', () => {
  expect(find('chapters').chapters?.length).toBeGreaterThan(1)
  expect(find('viral').chapters).toBeUndefined()
})

it('a question that was not asked has no answer', () => {
  expect(find('query')).toMatchObject({ moments: [], shortfall: expect.stringContaining('no word') })
})

it('names what it learnt, so that another version asks again', () => {
  expect(learntPartsOf('viral')).toEqual([])
  expect(learntPartsOf('query')).toMatchObject([{ name: 'answers' }])
  expect(learntPartsOf('chapters')).toMatchObject([{ name: 'chapters' }])
})
