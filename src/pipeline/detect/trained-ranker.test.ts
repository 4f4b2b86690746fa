import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { conversation, type Line, longTalk } from './conversation-for-test.ts'
import { detectMoments } from './detect-moments.ts'
import { factsOf, spanOf } from './facts-for-test.ts'
import { handSetRanker } from './hand-set-ranker.ts'
import { knownOf } from './known.ts'
import { columns } from './ranking-columns.ts'
import { type RankingModel, rankingModel } from './ranking-model.ts'
import { rankerFrom, termsOf, trainedRanker } from './trained-ranker.ts'

const modes = ['viral', 'highlights'] as const
const modelOf = (mode: string) =>
  rankingModel.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'weights', `${mode}.json`), 'utf8')))
const everyState = [true, false].flatMap((words) => [true, false].map((speakers) => ({ words, speakers })))

describe.each(modes)('the weights for %s', (mode) => {
  const model = modelOf(mode)

  it('weigh what is measured, whatever is known', () => {
    for (const known of everyState) {
      const terms = termsOf(model, known)
      expect(terms.length).toBeGreaterThan(1)
      for (const { number } of terms) expect(columns[number]?.needs.every((need) => known[need])).toBe(true)
    }
  })

  it('say where they come from and may be passed on', () => {
    expect(model.licence).toBe('CC BY-SA 4.0')
    expect(model.attribution).toContain('Changelog Media LLC')
    expect(Object.values(model.data).every((hash) => /^[0-9a-f]{16}$/.test(hash))).toBe(true)
    expect(JSON.stringify(model).length).toBeLessThan(150_000)
  })

  it('give chances that never fall as scores rise', () => {
    const shares = model.chances.map(([, share]) => share)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
  })
})

it('refuses weights for what is no longer measured', () => {
  const model = modelOf('viral')
  const drifted = { ...model, weights: [{ needs: [], columns: { 'laughter near': 1, 'jokes near': 1 } }] }
  expect(() => termsOf(drifted, { words: true, speakers: true })).toThrow('“jokes near”')
})

const talk = longTalk(30)

function detect(segments: ReturnType<typeof conversation>, options: Partial<Parameters<typeof detectMoments>[0]> = {}) {
  const duration = Math.max(0, ...segments.map(({ end }) => end)) + 1
  const settings = { mode: 'viral' as const, count: 8, minSeconds: 12, maxSeconds: 60 }
  return detectMoments({ segments, duration, analysis: null, ranker: trainedRanker, settings, ...options })
}

describe('trainedRanker', () => {
  it('puts the lively passages first, and says why', () => {
    const { moments } = detect(talk)
    expect(
      new Set(moments.slice(0, 2).map(({ text }) => /sat on the cake|waved at the mayor/.exec(text)?.[0])),
    ).toEqual(new Set(['sat on the cake', 'waved at the mayor']))
    expect(moments[0]?.detector).toEqual({ rung: 'ranker', name: 'trained', version: '1' })
    expect(moments[0]?.reasons.map(({ feature }) => feature)).toContain('wording')
    for (const { reasons } of moments) expect(reasons.length).toBeGreaterThan(0)
  })

  it('says the same twice, and scores what its contributions add up to', () => {
    const facts = factsOf(talk)
    const candidates = [5, 60, 120].map((first) => ({
      ...spanOf(facts, first, first + 8),
      features: { exchange: 0.7 },
    }))
    for (const mode of modes) {
      const context = { mode, recording: facts }
      const scores = trainedRanker.score(candidates, context)
      expect(trainedRanker.score(candidates, { mode, recording: factsOf(talk) })).toEqual(scores)
      for (const [i, candidate] of candidates.entries()) {
        const sum = trainedRanker.contributions(candidate, context).reduce((all, { amount }) => all + amount, 0)
        expect(sum).toBeCloseTo(scores[i] ?? Number.NaN, 9)
      }
    }
  })

  it('gives one reason a feature, in the words of what brought it', () => {
    const lines = talk.slice(0, 80).map(({ speaker, text }): Line => [speaker, text])
    const asked: Line[] = [
      ['Ana', 'What is your unpopular opinion, then?'],
      ['Bo', 'Cakes are for throwing, and this podcast is a cake.'],
    ]
    const said = conversation([...lines.slice(0, 40), ...asked, ...lines.slice(40)])
    const facts = factsOf(said)
    const at = facts.sentences.findIndex(({ text }) => text.startsWith('Cakes'))
    const candidate = { ...spanOf(facts, at, at + 4), features: { housekeeping: 0.5, hook: 0.7 } }
    for (const mode of modes) {
      const found = trainedRanker.contributions(candidate, { mode, recording: facts })
      expect(new Set(found.map(({ feature }) => feature)).size).toBe(found.length)
    }
    const hook = trainedRanker
      .contributions(candidate, { mode: 'highlights', recording: facts })
      .find(({ feature }) => feature === 'hook')
    expect(hook?.said).toContain('“unpopular opinion”')
  })

  it('leaves the summary to the weights set by hand', () => {
    const facts = factsOf(talk)
    const candidates = [{ ...spanOf(facts, 5, 9), features: { centrality: 0.8 } }]
    const context = { mode: 'summary', recording: facts } as const
    expect(trainedRanker.score(candidates, context)).toEqual(handSetRanker.score(candidates, context))
    expect(trainedRanker.chance?.(0.9, context)).toBeNull()
  })

  it('finds the lively passages without names for the speakers too', () => {
    const { moments } = detect(talk.map((segment) => ({ ...segment, speaker: null })))
    expect(moments.slice(0, 3).filter(({ text }) => /cake|mayor|fountain|groom/.test(text))).not.toEqual([])
  })

  it('goes by who speaks when where it knows no word', () => {
    const lines: Line[] = Array.from({ length: 160 }, (_, i) =>
      i >= 80 && i < 92
        ? [i % 2 === 0 ? '王' : '李', i % 3 === 0 ? '真的 吗？' : '没错。']
        : ['王', `今天 我们 讨论 第 ${i} 个 问题 以及 它 的 原因 和 结果 还有 更多 细节 内容。`],
    )
    const segments = conversation(lines)
    expect(knownOf(factsOf(segments))).toEqual({ words: false, speakers: true })
    const { moments } = detect(segments, {
      settings: { mode: 'viral', count: 1, minSeconds: 12, maxSeconds: 60 },
    })
    expect(moments[0]?.text).toContain('没错')
  })

  it.each([
    ['no marks', (text: string) => text.replace(/[^\p{L}\s]/gu, '').toLowerCase()],
    ['capitals only', (text: string) => text.toUpperCase()],
    ['words that objects have too', () => 'constructor __proto__ toString hasOwnProperty.'],
    ['marks only', () => '… — ! ?'],
  ])('survives %s', (_, change) => {
    const changed = conversation(talk.slice(0, 90).map(({ speaker, text }): Line => [speaker, change(text)]))
    for (const mode of modes) {
      const { moments, shortfall } = detect(changed, { settings: { mode, count: 5, minSeconds: 12, maxSeconds: 60 } })
      expect(moments.length > 0 || shortfall !== null).toBe(true)
      for (const { score, confidence } of moments) expect(score >= 0 && confidence >= 0 && confidence <= 1).toBe(true)
    }
  })

  it('prefers the loud where there is sound, and says nothing of it where there is none', () => {
    const facts = factsOf(talk)
    const context = { mode: 'viral', recording: facts } as const
    const scoreOf = (features: Record<string, number>) =>
      trainedRanker.score([{ ...spanOf(facts, 5, 9), features }], context)[0] ?? Number.NaN
    expect(scoreOf({ loudness: 0.9 })).toBeGreaterThan(scoreOf({ loudness: 0.4 }))
    expect(scoreOf({ loudness: 0.5 })).toBeCloseTo(scoreOf({}))
    expect(scoreOf({ deadAir: 0.5 })).toBeLessThan(scoreOf({ deadAir: 0 }))
  })
})

describe('chance', () => {
  const model: RankingModel = {
    ...modelOf('viral'),
    chances: [
      [0.4, 0.1],
      [0.8, 0.5],
    ],
  }
  const context = { mode: 'viral', recording: factsOf(talk.slice(0, 9)) } as const
  const chanceAt = (score: number, points = model.chances) =>
    rankerFrom(() => ({ ...model, chances: points })).chance?.(score, context)

  it('lies on the line between two points, and level beyond them', () => {
    expect([0, 0.4, 0.6, 0.8, 1].map((score) => chanceAt(score))).toEqual([0.1, 0.1, 0.3, 0.5, 0.5])
  })

  it('is unknown where nothing was measured', () => {
    expect(chanceAt(0.5, [])).toBeNull()
  })
})
