import { describe, expect, it } from 'vitest'
import type { LanguageModel, Question } from '../../language-model.ts'
import { judgedCount, judgeMoments } from './judge-moments.ts'
import { somePassages } from './passages-for-test.ts'
import type { Ranking } from './ranking-question.ts'

const by = { provider: 'anthropic', model: 'claude-x', label: 'Claude' }
const signal = new AbortController().signal

interface Asked {
  passages: number[]
  wanted: number
}

/** Likes passages by how great their number is; says no at the call named. */
function model({ inputTokens = 60_000, fails = -1 } = {}) {
  const asked: Asked[] = []
  const languageModel: LanguageModel = {
    choices: [by],
    inputTokens,
    async ask<T>(question: Question<T>) {
      const passages = [...question.prompt.matchAll(/^Passage (\d+):/gm)].map(([, number]) => Number(number))
      const wanted = Number(/Choose the best (\d+)/.exec(question.prompt)?.[1])
      asked.push({ passages, wanted })
      if (asked.length - 1 === fails) return { outcome: 'unavailable', message: 'Claude is overloaded.', reasons: [] }
      const ranking: Ranking = {
        moments: passages
          .toSorted((a, b) => b - a)
          .slice(0, wanted)
          .map((passage) => ({ passage, first: 10 * passage - 1, title: `${passage}`, hook: 'h', reason: 'r' })),
      }
      return { outcome: 'answered', answer: question.schema.parse(ranking), by, cached: false }
    },
  }
  return { languageModel, asked }
}

const judge = (languageModel: LanguageModel, count = 5, passages = somePassages(30)) =>
  judgeMoments({
    shortlist: { passages },
    mode: 'viral',
    count,
    model: languageModel,
    recordingId: null,
    runId: null,
    signal,
  })

describe('judgeMoments', () => {
  it('asks once for all, and gives sentences, best first', async () => {
    const { languageModel, asked } = model()
    const verdict = await judge(languageModel)
    expect(asked).toEqual([{ passages: somePassages(30).map(({ number }) => number), wanted: 20 }])
    if (verdict.outcome !== 'judged') return expect.fail('nothing was judged')
    expect(verdict.judgements.by).toEqual({ rung: 'llm', name: 'claude-x', version: 'moments-1' })
    expect(verdict.judgements.list.slice(0, 2)).toEqual([
      { rank: 1, firstSentence: 299, lastSentence: 302, title: '30', hook: 'h', reason: 'r' },
      { rank: 2, firstSentence: 289, lastSentence: 292, title: '29', hook: 'h', reason: 'r' },
    ])
    expect(verdict.judgements.list).toHaveLength(20)
  })

  it('asks the same for eight as for ten', () => {
    expect([1, 8, 10, 20, 21, 100].map(judgedCount)).toEqual([20, 20, 20, 20, 40, 100])
  })

  it('asks in windows where not all fits, and once more for the best of all', async () => {
    const { languageModel, asked } = model({ inputTokens: 2100 })
    const verdict = await judge(languageModel)
    expect(asked.length).toBeGreaterThan(3)
    const [finals, ...windows] = asked.toReversed()
    expect(new Set(windows.flatMap(({ passages }) => passages)).size).toBe(30)
    // The best of every window were compared with each other.
    for (const { passages } of windows) expect(finals?.passages).toContain(Math.max(...passages))
    if (verdict.outcome !== 'judged') return expect.fail('nothing was judged')
    const ends = verdict.judgements.list.map(({ lastSentence }) => lastSentence)
    expect(ends[0]).toBe(302)
    expect(new Set(ends).size).toBe(ends.length)
    expect(verdict.judgements.list.map(({ rank }) => rank)).toEqual(ends.map((_, i) => i + 1))
  })

  it('has judged nothing when it is left alone half way', async () => {
    const { languageModel } = model({ inputTokens: 2100, fails: 1 })
    expect(await judge(languageModel)).toEqual({ outcome: 'unavailable', message: 'Claude is overloaded.' })
  })

  it('goes by places when only the last comparison is missing', async () => {
    const { asked } = await (async () => {
      const probe = model({ inputTokens: 2100 })
      await judge(probe.languageModel)
      return probe
    })()
    const { languageModel } = model({ inputTokens: 2100, fails: asked.length - 1 })
    const verdict = await judge(languageModel)
    if (verdict.outcome !== 'judged') return expect.fail('nothing was judged')
    expect(verdict.judgements.list.length).toBeGreaterThan(15)
  })
})
