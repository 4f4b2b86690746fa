import { expect, it } from 'vitest'
import { inAnotherLanguage, withoutMarks, withoutSpeakers, withoutStyle } from './change-transcript.ts'
import type { Labelled } from './labelled.ts'

const recording = (...texts: string[]): Labelled => ({
  id: 'a',
  duration: 10,
  segments: texts.map((text, i) => ({ start: i, end: i + 1, text, speaker: 'Ana' })),
  labels: [],
  events: [],
  mode: 'viral',
  queries: [],
  chapters: [],
  show: '',
  domain: '',
})
const textsOf = ({ segments }: Labelled) => segments.map(({ text }) => text)

it('takes away what only a transcriber writes', () => {
  expect(textsOf(withoutStyle(recording('He was… well -- "late"!', 'And then...', '—')))).toEqual([
    'He was well late.',
    'And then.',
  ])
})

it('takes away marks, capitals and speakers', () => {
  expect(textsOf(withoutMarks(recording("Don't, Ana!")))).toEqual(["don't ana"])
  expect(withoutSpeakers(recording('Hi.')).segments[0]?.speaker).toBeNull()
})

it('says the same words in a language of its own', () => {
  const [text = ''] = textsOf(inAnotherLanguage(recording('The cat, the dog?')))
  expect(text).toMatch(/^(\p{L}+) \p{L}+, \1 \p{L}+\?$/u)
  expect(text).not.toContain('cat')
})
