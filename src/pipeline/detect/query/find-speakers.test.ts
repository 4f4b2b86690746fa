import { expect, it } from 'vitest'
import { findSpeakers } from './find-speakers.ts'
import { readQuery } from './read-query.ts'

const named = (question: string, speakers: string[]) => [...findSpeakers(readQuery(question), speakers)].sort()

it('finds who is asked about', () => {
  expect(named('What did Professor B think?', ['Professor B', 'Professor C', 'Grad A'])).toEqual(['Professor B'])
  expect(named('what did the project manager say', ['Project Manager', 'Marketing'])).toEqual(['Project Manager'])
})

it('knows people by their family names', () => {
  const ministers = ['Hon. Chrystia Freeland', 'Hon. Ahmed Hussen']
  expect(named('What did Freeland say?', ministers)).toEqual(['Hon. Chrystia Freeland'])
  expect(named('What did Hon. Ahmed Hussen say?', ministers)).toEqual(['Hon. Ahmed Hussen'])
})

it('tells a role from a subject by its capital', () => {
  const team = ['Project Manager', 'Marketing', 'User Interface']
  expect(named('What did Marketing think about the price?', team)).toEqual(['Marketing'])
  expect(named('What did Ana think about marketing?', team)).toEqual([])
  expect(named('Where do they talk about the interface?', team)).toEqual([])
})

it('names nobody by what many share', () => {
  expect(named('What did the Speaker say?', ['Speaker 1', 'Speaker 2', 'Speaker 3'])).toEqual([])
  expect(named('Where do they talk about rain?', ['Ana', 'Bo'])).toEqual([])
  expect(named('anything', [])).toEqual([])
})
