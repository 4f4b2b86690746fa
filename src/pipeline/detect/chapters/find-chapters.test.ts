import { describe, expect, it } from 'vitest'
import { lengthOf, overlapOf } from '../../../domain/time-range.ts'
import type { Segment } from '../../../domain/transcript.ts'
import { conversation } from '../conversation-for-test.ts'
import { handSetRanker } from '../hand-set-ranker.ts'
import { beginnings, subjectNames, talkAboutSubjects } from '../subjects-for-test.ts'
import { findChapters } from './find-chapters.ts'

function chaptersOf(segments: readonly Segment[], limits = {}) {
  const duration = Math.max(0, ...segments.map(({ end }) => end).filter(Number.isFinite)) + 1
  return findChapters({
    segments,
    duration,
    analysis: null,
    ranker: handSetRanker,
    limits: { count: 8, minSeconds: 15, maxSeconds: 60, ...limits },
  })
}

const talk = talkAboutSubjects(6)

describe('findChapters', () => {
  it('begins chapters where the subject changes', () => {
    const found = (chaptersOf(talk).chapters ?? []).map(({ start }) => start)
    for (const border of beginnings(talk))
      expect(Math.min(...found.map((start) => Math.abs(start - border)))).toBeLessThan(30)
    expect(found.length).toBeLessThan(8)
  })

  it.each([
    ['with speakers', ['Ana', 'Bo']],
    ['without speakers', [null]],
  ])('covers the recording without gaps, %s', (_, speakers) => {
    const segments = talkAboutSubjects(6, speakers)
    const { chapters = [] } = chaptersOf(segments)
    expect(chapters[0]?.start).toBe(0)
    for (const [i, chapter] of chapters.entries()) expect(chapter.start).toBe(chapters[i - 1]?.end ?? 0)
    expect(chapters.at(-1)?.end).toBeGreaterThanOrEqual(segments.at(-1)?.end ?? 0)
  })

  it('titles chapters in the words that were said', () => {
    const { chapters = [] } = chaptersOf(talk)
    const said = talk.map(({ text }) => text.toLowerCase()).join(' ')
    for (const { title } of chapters) {
      expect(title).not.toBe('')
      for (const word of title.toLowerCase().match(/\p{L}{4,}/gu) ?? []) expect(said).toContain(word)
    }
    const all = chapters.map(({ title }) => title.toLowerCase()).join(' ')
    expect(subjectNames.filter((name) => all.includes(name)).length).toBeGreaterThanOrEqual(3)
  })

  it('shows a part of each chapter, in order of time', () => {
    const { moments, chapters = [] } = chaptersOf(talk)
    expect(moments.length).toBe(chapters.length)
    expect(moments.map(({ rank }) => rank)).toEqual(moments.map((_, i) => i + 1))
    for (const [i, moment] of moments.entries()) {
      expect(moment.start).toBeGreaterThanOrEqual(moments[i - 1]?.end ?? 0)
      expect(lengthOf(moment)).toBeLessThanOrEqual(60)
      expect(overlapOf(moment, moment.span ?? moment)).toBeGreaterThan(lengthOf(moment) * 0.9)
    }
  })

  it('shows the longest when there are more than asked for, and lists all', () => {
    const { moments, chapters = [], shortfall } = chaptersOf(talk, { count: 2 })
    expect(moments).toHaveLength(2)
    expect(chapters.length).toBeGreaterThan(2)
    expect(shortfall).toBeNull()
  })

  it('is one chapter when the subject stays', () => {
    const lines = Array.from(
      { length: 40 },
      (_, i) => ['Ana', `The kettle in room ${i} is the kettle we have always had here.`] as const,
    )
    const { chapters = [], moments, shortfall } = chaptersOf(conversation(lines))
    expect(chapters).toHaveLength(1)
    expect(moments).toHaveLength(1)
    expect(shortfall).toMatch(/one chapter/)
  })

  it('has none without speech', () => {
    expect(chaptersOf([])).toMatchObject({ moments: [], chapters: [], shortfall: expect.stringContaining('no speech') })
  })

  it('is quick when every word has a speaker of its own', () => {
    const lines = Array.from({ length: 3000 }, (_, i) => [`Voice ${i}`, `word${i % 50}`] as const)
    expect(chaptersOf(conversation(lines)).chapters?.length).toBeGreaterThan(0)
  })

  it('titles chapters of a language without blanks', () => {
    const lines = Array.from(
      { length: 60 },
      (_, i) => [null, i < 30 ? '我们今天讨论气候变化的影响。' : '然后大家一起去公园散步吃饭。'] as const,
    )
    for (const { title } of chaptersOf(conversation(lines, { perWord: 6 })).chapters ?? []) expect(title).not.toBe('')
  })
})
