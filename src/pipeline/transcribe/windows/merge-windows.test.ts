import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../../domain/seeded-random.ts'
import type { Word } from '../../../domain/transcript.ts'
import type { Cue } from '../transcriber.ts'
import { mergeWindows, type WindowCues } from './merge-windows.ts'
import { planWindows } from './plan-windows.ts'

const word = (text: string, start: number, end: number): Word => ({
  text,
  start,
  end,
  confidence: null,
  timing: 'exact',
})
const cueOf = (words: Word[]): Cue => ({
  start: words[0]?.start ?? 0,
  end: words.at(-1)?.end ?? 0,
  text: words.map(({ text }) => text).join(' '),
  speaker: null,
  words,
})
const textOf = ({ cues }: WindowCues) => cues.map(({ text }) => text).join(' ')

/** Words of half a second from this second on. */
function say(text: string, from: number, { timed = true } = {}): Cue {
  const words = text.split(' ').map((one, index) => word(one, from + index * 0.5, from + index * 0.5 + 0.4))
  return timed ? cueOf(words) : { ...cueOf(words), words: null }
}

describe('two windows that share five seconds', () => {
  const before = { start: 0, end: 30 }
  const after = { start: 25, end: 55 }

  test('no word is doubled, none is lost, and half words at the edges go', () => {
    const merged = mergeWindows(
      { window: before, cues: [say('and then the whole town came out to see wha', 24.5)] },
      { window: after, cues: [say('en the whole town came out to see what had happened', 25)] },
      'en',
    )
    expect(textOf(merged)).toBe('and then the whole town came out to see what had happened')
    const words = merged.cues.flatMap((cue) => cue.words ?? [])
    expect(words.map(({ start }) => start)).toEqual(words.map(({ start }) => start).toSorted((a, b) => a - b))
  })

  test('case and punctuation are not another word', () => {
    const merged = mergeWindows(
      { window: before, cues: [say('we went to Rome. And', 27)] },
      { window: after, cues: [say('Went to Rome, and stayed', 27.5)] },
      'en',
    )
    expect(textOf(merged)).toMatch(/^we [Ww]ent to Rome[.,] [Aa]nd stayed$/)
  })

  test('what someone says twice stays twice', () => {
    const merged = mergeWindows(
      { window: before, cues: [say('no no no no no I said', 25.5)] },
      { window: after, cues: [say('no no no no no I said so', 25.5)] },
      'en',
    )
    expect(textOf(merged)).toBe('no no no no no I said so')
  })

  test('readings without a word in common are cut at the middle', () => {
    const merged = mergeWindows(
      { window: before, cues: [say('one two three four five six seven eight nine ten', 25)] },
      { window: after, cues: [say('uno due tre quattro cinque sei sette otto nove dieci', 25)] },
      null,
    )
    expect(textOf(merged)).toBe('one two three four five sei sette otto nove dieci')
  })

  test('cues without word times are cut in their text', () => {
    const merged = mergeWindows(
      { window: before, cues: [say('well the first thing that we did was to look at the ma', 24, { timed: false })] },
      { window: after, cues: [say('thing that we did was to look at the map and go', 25.5, { timed: false })] },
      'en',
    )
    expect(textOf(merged)).toBe('well the first thing that we did was to look at the map and go')
    expect(merged.cues.every(({ words }) => words === null)).toBe(true)
  })

  test('where only one has heard anything, its words stay', () => {
    const cues = [say('nobody else heard this at all', 26)]
    expect(textOf(mergeWindows({ window: before, cues }, { window: after, cues: [] }, 'en'))).toContain('nobody else')
    expect(textOf(mergeWindows({ window: before, cues: [] }, { window: after, cues }, 'en'))).toContain('this at all')
  })

  test('Japanese, without blanks', () => {
    const cue = (text: string, start: number, end: number): Cue => ({ start, end, text, speaker: null, words: null })
    const merged = mergeWindows(
      { window: before, cues: [cue('今日は天気がいいから散歩に', 25, 29.8)] },
      { window: after, cues: [cue('天気がいいから散歩に行きましょう', 26, 31)] },
      'ja',
    )
    expect(textOf(merged).replaceAll(' ', '')).toBe('今日は天気がいいから散歩に行きましょう')
  })
})

test('windows that touch are put one after the other', () => {
  const merged = mergeWindows(
    { window: { start: 0, end: 10 }, cues: [say('yes yes', 8)] },
    { window: { start: 10, end: 20 }, cues: [say('yes yes', 10.5)] },
    'en',
  )
  expect(textOf(merged)).toBe('yes yes yes yes')
})

describe('speech without a pause, heard in windows by an engine that mishears', () => {
  const vocabulary =
    'the a of and to in it is that was for on you we they what so but when people time one work day little'.split(' ')

  test.each([1, 2, 3, 4, 5, 6])('seed %d', (seed) => {
    const random = seededRandom(seed)
    const spoken: Word[] = []
    for (let time = 0.2; time < 300; ) {
      const length = 0.12 + random() * 0.4
      spoken.push(word(vocabulary[Math.floor(random() * vocabulary.length)] ?? 'the', time, time + length))
      time += length + random() * 0.05
    }
    const windows = planWindows({ duration: 301, silences: [], longest: 30 }).map((window) => {
      // Times shift by up to 0.1 s; a word cut by the edge is misheard, or not heard.
      const heard = spoken.flatMap((one) => {
        const shift = (random() - 0.5) * 0.2
        const moved = { ...one, start: one.start + shift, end: one.end + shift }
        if (one.start >= window.start && one.end <= window.end) return [moved]
        if (one.end <= window.start || one.start >= window.end) return []
        return random() < 0.5 ? [{ ...moved, text: `${one.text.slice(0, 1)}uh` }] : []
      })
      return { window, cues: [cueOf(heard)] }
    })
    const [first, ...others] = windows
    if (!first) throw new Error('no windows')
    const merged = others.reduce<WindowCues>((sum, next) => mergeWindows(sum, next, 'en'), first)
    expect(textOf(merged)).toBe(spoken.map(({ text }) => text).join(' '))
  })
})
