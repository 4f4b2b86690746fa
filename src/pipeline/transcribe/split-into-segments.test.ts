import { describe, expect, test } from 'vitest'
import { splitIntoSegments } from './split-into-segments.ts'
import { estimateWordTimes } from './words/estimate-word-times.ts'
import type { Turn } from './words/settle-words.ts'

/** Words at an even pace of 0.3 s, each cue of the list beginning `gap` seconds after the one before. */
function turns(cues: [speaker: string | null, text: string][], gap = 0): Turn[] {
  let time = 0
  return cues.map(([speaker, text]) => {
    const count = text.split(' ').length
    const words = estimateWordTimes({ start: time, end: time + count * 0.3, text })
    time += count * 0.3 + gap
    return { speaker, words }
  })
}
const sentences = (text: string, language: string | null = 'en') =>
  splitIntoSegments(turns([[null, text]]), { language }).map((segment) => segment.text)

describe('sentences', () => {
  test.each([
    ['Hello there. How are you? Fine!', ['Hello there.', 'How are you?', 'Fine!']],
    ['Dr. Smith met Mr. Jones vs. Prof. Lee. They won.', ['Dr. Smith met Mr. Jones vs. Prof. Lee.', 'They won.']],
    ['It is 3.5 percent, e.g. Apples or i.e. Fruit. Good.', ['It is 3.5 percent, e.g. Apples or i.e. Fruit.', 'Good.']],
    ['J. K. Rowling wrote it. So did I. Then we left.', ['J. K. Rowling wrote it.', 'So did I.', 'Then we left.']],
    [
      'He joined the U.S. Army at 5 p.m. Then he left the U.S. The end.',
      ['He joined the U.S. Army at 5 p.m.', 'Then he left the U.S.', 'The end.'],
    ],
    [
      '1. Open the door. 2. Close it. That was number 3. Good.',
      ['1. Open the door.', '2. Close it.', 'That was number 3.', 'Good.'],
    ],
    [
      'So... we went. Wait... What? "Yes." He said so.',
      ['So... we went.', 'Wait...', 'What?', '"Yes."', 'He said so.'],
    ],
    ['Visit example.com. See No. 5 there.', ['Visit example.com.', 'See No. 5 there.']],
  ])('%s', (text, expected) => {
    expect(sentences(text)).toEqual(expected)
  })

  test('German ordinals', () => {
    expect(sentences('Wir kommen am 3. Oktober an. Gut.', 'de')).toEqual(['Wir kommen am 3. Oktober an.', 'Gut.'])
  })

  test('Chinese and Japanese, joined without blanks', () => {
    expect(sentences('今日はいい天気です。元気ですか？はい！', 'ja')).toEqual([
      '今日はいい天気です。',
      '元気ですか？',
      'はい！',
    ])
    expect(sentences('你好。我很好！', 'zh')).toEqual(['你好。', '我很好！'])
  })

  test('a sentence goes on over cues, and its times are those of its words', () => {
    const [first, second] = splitIntoSegments(
      turns([
        ['Ann', 'I think that'],
        ['Ann', 'we should. Yes'],
      ]),
      { language: 'en' },
    )
    expect(first).toMatchObject({ ordinal: 0, text: 'I think that we should.', speaker: 'Ann' })
    expect(second).toMatchObject({ ordinal: 1, text: 'Yes' })
    expect([first?.start, first?.end]).toEqual([first?.words[0]?.start, first?.words.at(-1)?.end])
    expect(first?.end).toBeLessThanOrEqual(second?.start ?? 0)
  })
})

test('a change of speaker always splits', () => {
  const segments = splitIntoSegments(
    turns([
      ['Ann', 'so I was'],
      ['Bob', 'yes'],
      ['Ann', 'going home.'],
    ]),
    { language: 'en' },
  )
  expect(segments.map(({ speaker, text }) => [speaker, text])).toEqual([
    ['Ann', 'so I was'],
    ['Bob', 'yes'],
    ['Ann', 'going home.'],
  ])
})

describe('text without punctuation', () => {
  test('is split at pauses', () => {
    const segments = splitIntoSegments(
      turns(
        [
          [null, 'so we went to the shop'],
          [null, 'and it was closed'],
        ],
        0.8,
      ),
      { language: 'en' },
    )
    expect(segments.map(({ text }) => text)).toEqual(['so we went to the shop', 'and it was closed'])
  })

  test('is not split at short pauses', () => {
    const segments = splitIntoSegments(
      turns(
        [
          [null, 'so we went to the shop'],
          [null, 'and it was closed'],
        ],
        0.4,
      ),
      { language: 'en' },
    )
    expect(segments).toHaveLength(1)
  })

  test('is never endless', () => {
    const text = Array.from({ length: 5000 }, (_, index) => `word${index}`).join(' ')
    const segments = splitIntoSegments(turns([[null, text]]), { language: null })
    expect(segments.length).toBeGreaterThan(160)
    for (const { words, start, end } of segments) {
      expect(words.length).toBeLessThanOrEqual(30)
      expect(words.length).toBeGreaterThanOrEqual(4)
      expect(end - start).toBeLessThanOrEqual(15)
    }
    expect(segments.map((segment) => segment.text).join(' ')).toBe(text)
  })
})

test('a very long sentence is split at a clause', () => {
  const clause = `${'we went on and on '.repeat(5).trim()},`
  const parts = sentences(`${clause} ${clause} ${clause} and then it stopped.`)
  expect(parts.length).toBeGreaterThan(1)
  expect(parts[0]).toBe(clause)
})

test('a pause of many seconds splits even in a sentence', () => {
  expect(
    splitIntoSegments(
      turns(
        [
          [null, 'And so. My'],
          [null, 'fellow citizens. Ask.'],
        ],
        6,
      ),
      { language: 'en' },
    ),
  ).toHaveLength(4)
})

test('nothing said, nothing made', () => {
  expect(splitIntoSegments([], { language: null })).toEqual([])
})
