import { expect, test } from 'vitest'
import { linkVoices } from './link-voices.ts'

const ann = [1, 0.1, 0]
const bob = [0, 1, 0.1]
const cat = [0.1, 0, 1]

test('the same people over two pieces, however each piece numbers them', () => {
  const turns = linkVoices([
    {
      start: 0,
      segments: [
        { start: 0, end: 5, speaker: 1 },
        { start: 5, end: 9, speaker: 0 },
      ],
      voices: [
        { speaker: 0, voice: bob },
        { speaker: 1, voice: ann },
      ],
    },
    {
      start: 300,
      segments: [
        { start: 0, end: 4, speaker: 0 },
        { start: 4, end: 8, speaker: 1 },
        { start: 8, end: 9, speaker: 2 },
      ],
      voices: [
        { speaker: 0, voice: [0.1, 0.9, 0] },
        { speaker: 1, voice: cat },
        { speaker: 2, voice: [2, 0, 0.1] },
      ],
    },
  ])
  expect(turns.map(({ speaker, start }) => [speaker, start])).toEqual([
    ['Speaker 1', 0],
    ['Speaker 2', 5],
    ['Speaker 2', 300],
    ['Speaker 3', 304],
    ['Speaker 1', 308],
  ])
})

test('two voices of one piece are two people, however alike', () => {
  const voices = [
    { speaker: 0, voice: ann },
    { speaker: 1, voice: [1, 0.12, 0] },
  ]
  const segments = [
    { start: 0, end: 1, speaker: 0 },
    { start: 1, end: 2, speaker: 1 },
  ]
  const turns = linkVoices([
    { start: 0, segments, voices },
    { start: 10, segments, voices },
  ])
  expect(turns.map(({ speaker }) => speaker)).toEqual(['Speaker 1', 'Speaker 2', 'Speaker 1', 'Speaker 2'])
})

test('a voice too short to be known is nobody', () => {
  expect(linkVoices([{ start: 0, segments: [{ start: 0, end: 0.3, speaker: 0 }], voices: [] }])).toEqual([])
})
