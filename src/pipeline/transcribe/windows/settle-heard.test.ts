import { expect, test } from 'vitest'
import type { Cue } from '../transcriber.ts'
import { settleHeard } from './settle-heard.ts'

const window = { start: 100, end: 130 }
const cue = (start: number, end: number, text = 'Hello there.', words: [number, number][] | null = null): Cue => ({
  start,
  end,
  text,
  speaker: null,
  words:
    words?.map(([from, to], index) => ({
      text: text.split(' ')[index] ?? '',
      start: from,
      end: to,
      confidence: null,
      timing: 'exact' as const,
    })) ?? null,
})
const settle = (cues: Cue[], silences: { start: number; end: number }[] = []) =>
  settleHeard({ heard: { language: 'en', cues, usd: 0 }, window, silences })

test('times become those of the recording', () => {
  const { cues, warnings } = settle([
    cue(1, 3, 'Hello there.', [
      [1, 1.4],
      [1.5, 3],
    ]),
  ])
  expect(cues[0]).toMatchObject({
    start: 101,
    end: 103,
    words: [
      { start: 101, end: 101.4 },
      { start: 101.5, end: 103 },
    ],
  })
  expect(warnings).toEqual([])
})

test('what leaves the window a little is clipped', () => {
  const { cues } = settle([cue(-0.2, 1), cue(29, 30.4)])
  expect(cues.map(({ start, end }) => [start, end])).toEqual([
    [100, 101],
    [129, 130],
  ])
})

test.each([31, 100, 4000, Number.NaN, Number.POSITIVE_INFINITY])(
  'a cue at %d s of a window of 30 s is refused',
  (start) => {
    const { cues, warnings } = settle([cue(1, 2, 'Kept.'), cue(start, start + 1)])
    expect(cues.map(({ text }) => text)).toEqual(['Kept.'])
    expect(warnings).toEqual(['Text beyond the end of the sound it was heard in was left out, near 1:40.'])
  },
)

test('words piled up beyond the end keep their text and lose their times', () => {
  const { cues } = settle([
    cue(1, 3, 'Hello there.', [
      [1, 2],
      [45, 46],
    ]),
  ])
  expect(cues[0]).toMatchObject({ text: 'Hello there.', words: null })
})

test('words that end before they begin lose their times', () => {
  expect(
    settle([
      cue(1, 3, 'Hello there.', [
        [2, 1],
        [2, 3],
      ]),
    ]).cues[0]?.words,
  ).toBeNull()
})

test('silence is silence', () => {
  const { cues, warnings } = settle(
    [cue(1, 3, 'Real.'), cue(10, 12, 'Thanks for watching!')],
    [{ start: 105, end: 120 }],
  )
  expect(cues.map(({ text }) => text)).toEqual(['Real.'])
  expect(warnings).toEqual(['Text where there is no sound was left out, near 1:40.'])
})

test('a short pause, and the edges of a long one, prove nothing', () => {
  const silences = [
    { start: 101, end: 102.5 },
    { start: 110, end: 120 },
  ]
  expect(settle([cue(1.2, 2), cue(10.2, 10.6), cue(8, 22)], silences).cues).toHaveLength(3)
})

test('nothing is heard as nothing', () => {
  expect(settle([cue(0, 30, '  ')])).toEqual({ cues: [], warnings: [] })
})
