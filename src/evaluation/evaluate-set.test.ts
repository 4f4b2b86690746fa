import { expect, it } from 'vitest'
import { evaluateSet, type Finder } from './evaluate-set.ts'
import { evaluationDocument, evaluationDocumentSchema } from './evaluation-document.ts'
import { evaluationPlot } from './evaluation-plot.ts'
import { asMarkdown, evaluationTable } from './evaluation-tables.ts'
import type { LabelledRecording } from './labelled-recording.ts'

const talk = (id: string, at: number): LabelledRecording => ({
  id,
  duration: 1200,
  mode: 'viral',
  segments: Array.from({ length: 120 }, (_, i) => ({
    start: i * 10,
    end: i * 10 + 9,
    text: i * 10 >= at && i * 10 < at + 30 ? 'Otters! Why otters?' : `Line ${i} about something of no interest.`,
    speaker: i % 2 === 0 ? 'Ana' : 'Bo',
  })),
  labels: [{ start: at, end: at + 30, weight: 1, kind: 'laughter' }],
  queries: [
    { qid: `${id}.1`, query: 'What about otters?', labels: [{ start: at, end: at + 30, weight: 1, kind: '' }] },
  ],
  chapters: [
    { start: 0, title: '' },
    { start: at, title: 'Otters' },
  ],
  events: [],
  show: '',
  domain: '',
})
const recordings = [talk('a', 300), talk('b', 800)]
const places: Record<string, number> = { a: 300, b: 800 }

const knowing: Finder = {
  name: 'knowing',
  clips: async ({ id }) => [{ start: places[id] ?? 0, end: (places[id] ?? 0) + 30 }],
  answers: async ({ id }) => [{ start: places[id] ?? 0, end: (places[id] ?? 0) + 30 }],
  chapters: async ({ id }) => [places[id] ?? 0],
}
const blind: Finder = { name: 'blind', clips: async () => [], answers: async () => [], chapters: async () => [] }

it('carries out each task there are labels for, beside rules and chance', async () => {
  const results = await evaluateSet({ name: 'talks', recordings, finders: [knowing, blind] })
  expect(results.map(({ task, units }) => [task, units])).toEqual([
    ['clips', 2],
    ['query', 2],
    ['chapters', 2],
  ])
  const [clips, query, chapters] = results
  expect(clips?.methods.map(({ name }) => name)).toEqual([
    'knowing',
    'blind',
    'exchange',
    'late',
    'longest',
    'tfidf',
    'chance',
  ])
  const meanOf = (result: typeof clips, name: string, measure: string) =>
    result?.methods.find((method) => method.name === name)?.measures[measure]?.mean
  expect(meanOf(clips, 'knowing', 'HIT@1')).toBe(1)
  expect(meanOf(clips, 'blind', 'HIT@1')).toBe(0)
  expect(meanOf(clips, 'exchange', 'HIT@1')).toBe(1)
  expect(meanOf(query, 'tfidf', 'R@5')).toBe(1)
  expect(meanOf(chapters, 'no border', 'F1@30s')).toBe(0)
  expect(clips?.borders).toEqual([
    { name: 'knowing', counts: { clips: 2, opensInside: 0, closesInside: 0, deadAir: 2, answersAlone: 0, leans: 0 } },
    { name: 'blind', counts: { clips: 0, opensInside: 0, closesInside: 0, deadAir: 0, answersAlone: 0, leans: 0 } },
  ])
  expect(query?.borders).toEqual([])
  expect(clips?.differences[0]).toMatchObject({ than: 'blind', measures: { 'HIT@1': { mean: 1, low: 1, high: 1 } } })
})

it('counts the labels it is told to', async () => {
  const none = await evaluateSet({ name: 'x', recordings, finders: [blind], counts: () => false })
  expect(none.map(({ task }) => task)).toEqual(['chapters'])
})

it('stops when it is told to', async () => {
  const signal = AbortSignal.abort()
  await expect(evaluateSet({ name: 'x', recordings, finders: [blind], signal })).rejects.toThrow()
})

it('writes a document, tables and a picture', async () => {
  const results = await evaluateSet({ name: 'a <b> & c', recordings, finders: [knowing] })
  const document = evaluationDocument({ results, labels: { kind: null, notKind: null }, at: new Date(0) })
  expect(evaluationDocumentSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document)
  const [table] = results.map(evaluationTable)
  expect(table && asMarkdown(table)).toContain('| knowing | 40.0 [40.0, 40.0] |')
  const plot = evaluationPlot(results)
  expect(plot).toContain('a &lt;b&gt; &amp; c')
  expect(plot).not.toContain('NaN')
})
