import { describe, expect, it } from 'vitest'
import { somePassages } from './passages-for-test.ts'
import { readRanking } from './read-ranking.ts'

const passages = somePassages(3)
const moment = (passage: number, first: number) => ({ passage, first, title: 't', hook: 'h', reason: 'r' })
const read = (...moments: ReturnType<typeof moment>[]) =>
  readRanking({ moments }, passages).map(({ rank, firstSentence, lastSentence }) => [rank, firstSentence, lastSentence])

describe('readRanking', () => {
  it('gives the sentences of the passages named, in that order', () => {
    expect(read(moment(3, 30), moment(1, 10))).toEqual([
      [1, 30, 32],
      [2, 10, 12],
    ])
  })

  it('lets a passage begin earlier, as far as that is allowed', () => {
    expect(read(moment(2, 18))).toEqual([[1, 18, 22]])
    expect(read(moment(2, 17))).toEqual([[1, 20, 22]])
  })

  it.each([21, 22, 300, -1, 19.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'never lets it begin at %d, which is later, or nowhere',
    (first) => {
      expect(read(moment(2, first))).toEqual([[1, 20, 22]])
    },
  )

  it('leaves out what is not there, and what is named again', () => {
    expect(read(moment(9, 90), moment(2, 20), moment(2, 18), moment(0, 0))).toEqual([[1, 20, 22]])
  })
})
