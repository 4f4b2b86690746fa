import { expect, it } from 'vitest'
import { conversation } from '../conversation-for-test.ts'
import { packSegments, unpackSegments } from './pack-segments.ts'

it('gives back what was packed, also what makes no sense', () => {
  const segments = [
    ...conversation([
      ['Ana', 'Boats leak.'],
      [null, 'Birds\nsing.'],
    ]),
    { ordinal: 7, start: Number.NaN, end: -1, text: '', speaker: '', words: [] },
    {
      ordinal: 8,
      start: 4,
      end: Number.POSITIVE_INFINITY,
      text: 'a\u0000b',
      speaker: 'Bo',
      words: [{ text: 'a\u0000b', start: Number.NaN, end: 3, confidence: 0, timing: 'estimated' as const }],
    },
  ]
  expect(unpackSegments(structuredClone(packSegments(segments)))).toEqual(segments)
  expect(unpackSegments(packSegments([]))).toEqual([])
})
