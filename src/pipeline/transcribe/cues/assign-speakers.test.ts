import { expect, test } from 'vitest'
import type { Cue } from '../transcriber.ts'
import { assignSpeakers } from './assign-speakers.ts'

const turn = (speaker: string, start: number, end: number) => ({ speaker, start, end })
/** A word each half second. */
const cue = (text: string, start: number, { timed = true, speaker = null as string | null } = {}): Cue => {
  const words = text.split(' ').map((one, index) => ({
    text: one,
    start: start + index * 0.5,
    end: start + index * 0.5 + 0.4,
    confidence: null,
    timing: 'exact' as const,
  }))
  return { start, end: words.at(-1)?.end ?? start, text, speaker, words: timed ? words : null }
}
const said = (cues: Cue[]) => cues.map(({ speaker, text }) => `${speaker}: ${text}`)

test('a cue is split where the voice changes', () => {
  const cues = assignSpeakers(
    [cue('how are you fine thanks and you', 0)],
    [turn('A', 0, 1.45), turn('B', 1.5, 4)],
    'en',
  )
  expect(said(cues)).toEqual(['A: how are you', 'B: fine thanks and you'])
  expect(cues[1]).toMatchObject({ start: 1.5, words: [{ text: 'fine' }, {}, {}, {}] })
})

test('cues without word times are split in their text', () => {
  const cues = assignSpeakers(
    [cue('how are you today fine thanks and you', 0, { timed: false })],
    [turn('A', 0, 1.8), turn('B', 1.9, 4)],
    'en',
  )
  expect(cues.map(({ speaker }) => speaker)).toEqual(['A', 'B'])
  expect(cues.map(({ text }) => text).join(' ')).toBe('how are you today fine thanks and you')
  expect(cues.every(({ words }) => words === null)).toBe(true)
})

test('one word of another voice inside a sentence is a slip of the ears', () => {
  const turns = [turn('A', 0, 1), turn('B', 1, 1.4), turn('A', 1.4, 4)]
  expect(said(assignSpeakers([cue('I think that we should go', 0)], turns, 'en'))).toEqual([
    'A: I think that we should go',
  ])
})

test('words between the turns belong to whoever spoke before', () => {
  const turns = [turn('A', 0, 1), turn('B', 20, 30)]
  expect(said(assignSpeakers([cue('one two three four five six seven eight', 0)], turns, 'en'))).toEqual([
    'A: one two three four five six seven eight',
  ])
})

test('speakers that are known stay, and a single voice is not named', () => {
  const turns = [turn('A', 0, 5), turn('B', 5, 9)]
  expect(said(assignSpeakers([cue('hello there', 0, { speaker: 'Ann' })], turns, 'en'))).toEqual(['Ann: hello there'])
  expect(said(assignSpeakers([cue('hello there', 0)], [turn('A', 0, 5)], 'en'))).toEqual(['null: hello there'])
})

test('an hour of turns and words takes no time', () => {
  const turns = Array.from({ length: 1800 }, (_, index) => turn(index % 2 === 0 ? 'A' : 'B', index * 2, index * 2 + 2))
  const cues = Array.from({ length: 360 }, (_, index) => cue(Array(20).fill('word').join(' '), index * 10))
  const assigned = assignSpeakers(cues, turns, 'en')
  expect(assigned.flatMap(({ words }) => words ?? [])).toHaveLength(7200)
  expect(assigned.length).toBeGreaterThan(1700)
})
