import { expect, it } from 'vitest'
import type { Moment } from '../../../domain/moment.ts'
import { shareAmongParts } from './share-among-parts.ts'

const moment = (start: number, score: number): Moment => ({
  start,
  end: start + 30,
  score,
  rank: 1,
  confidence: 0.5,
  genre: 'other',
  title: '',
  text: '',
  firstSegment: 0,
  lastSegment: 0,
  features: {},
  reasons: [],
  detector: { rung: 'ranker', name: 'test', version: '1' },
})

it('gives every part its turn before one gets a second', () => {
  const moments = [moment(0, 0.9), moment(50, 0.8), moment(120, 0.7), moment(620, 0.6)]
  const chosen = shareAmongParts({ moments, borders: [600], duration: 1200, count: 2 })
  expect(chosen.map(({ start }) => start)).toEqual([0, 620])
})

it('gives a long part more', () => {
  const moments = [0, 100, 200, 300, 910, 950].map((start) => moment(start, 0.8))
  const chosen = shareAmongParts({ moments, borders: [900], duration: 1000, count: 4 })
  expect(chosen.filter(({ start }) => start < 900)).toHaveLength(3)
})

it('keeps the first ones when asked for more', () => {
  const moments = [0, 100, 200, 640, 700, 910].map((start, i) => moment(start, 0.9 - i / 20))
  const share = (count: number) => shareAmongParts({ moments, borders: [600, 900], duration: 1000, count })
  expect(share(4).slice(0, 3)).toEqual(share(3))
  expect(share(20)).toHaveLength(6)
})
