import { expect, it } from 'vitest'
import { findSpeakers } from './find-speakers.ts'

const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
const named = (question: string, speakers: string[]) => [...findSpeakers(words(question), speakers)].sort()

it('finds who is asked about', () => {
  expect(named('What did Professor B think?', ['Professor B', 'Professor C', 'Grad A'])).toEqual(['Professor B'])
  expect(named('What did the project manager say?', ['Project Manager', 'Marketing'])).toEqual(['Project Manager'])
})

it('knows people by their family names', () => {
  expect(named('What did Freeland say?', ['Hon. Chrystia Freeland', 'Hon. Ahmed Hussen'])).toEqual([
    'Hon. Chrystia Freeland',
  ])
})

it('names nobody by what many share', () => {
  expect(named('What did the speaker say?', ['Speaker 1', 'Speaker 2', 'Speaker 3'])).toEqual([])
  expect(named('Where do they talk about rain?', ['Ana', 'Bo'])).toEqual([])
  expect(named('anything', [])).toEqual([])
})
