import { expect, test } from 'vitest'
import { describeTaste } from './describe-taste.ts'

const leaning = { feature: 'humour', weight: 0.2, from: 0.5, alike: 6, alikeLiked: 5 }

test('nothing judged, nothing said', () => {
  expect(describeTaste({ leanings: [], judged: 0 }, 'viral')).toEqual([])
})

test('judged, but nothing learned', () => {
  expect(describeTaste({ leanings: [], judged: 3 }, 'viral')).toEqual([
    'Nothing is learned for viral yet: it takes more verdicts, of both kinds, that agree.',
  ])
})

test('what moves most comes first, and less is said as less', () => {
  const leanings = [
    leaning,
    { ...leaning, feature: 'specifics', weight: -0.4 },
    { ...leaning, feature: 'hook', alike: 1 },
  ]
  expect(describeTaste({ leanings, judged: 40 }, 'viral')).toEqual([
    'Learned for viral from 40 judged moments; the next recording will lean to it.',
    '  You kept 5 of 6 with less of names and numbers',
    '  You kept 5 of 6 with jokes and laughter',
  ])
})
