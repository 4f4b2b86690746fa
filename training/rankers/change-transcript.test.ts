import { expect, it } from 'vitest'
import {
  inAnotherLanguage,
  inLongCues,
  withoutMarks,
  withoutSpeakers,
  withoutStyle,
  withWordErrors,
} from './change-transcript.ts'
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

it('mishears the share of the words asked for, the same each time', () => {
  const text = Array.from({ length: 1000 }, (_, i) => `word${i}`).join(' ')
  const [heard = ''] = textsOf(withWordErrors(recording(text), 0.1))
  expect(textsOf(withWordErrors(recording(text), 0.1))).toEqual([heard])
  expect(heard).not.toBe(text)
  const missing = text.split(' ').filter((word) => !heard.split(' ').includes(word)).length
  expect(missing).toBeGreaterThan(50)
  expect(missing).toBeLessThan(120)
})

it('joins what is said to cues of so many seconds, without speakers', () => {
  const { segments } = inLongCues(recording('One.', 'Two.', 'Three.', 'Four.', 'Five.'), 2)
  expect(segments).toEqual([
    { start: 0, end: 2, text: 'One. Two.', speaker: null },
    { start: 2, end: 4, text: 'Three. Four.', speaker: null },
    { start: 4, end: 5, text: 'Five.', speaker: null },
  ])
})
