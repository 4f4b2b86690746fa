import { describe, expect, test } from 'vitest'
import type { Segment } from '../../../domain/transcript.ts'
import { carryTimes } from './carry-times.ts'
import { matchWords } from './match-words.ts'
import { readEditedText } from './read-edited-text.ts'
import { renameSpeakers, speakersOf } from './rename-speakers.ts'
import { replacePhrase } from './replace-phrase.ts'
import { sayChosen, withoutChosen } from './say-chosen.ts'
import { settleEdited } from './settle-edited.ts'

/** A sentence with a word each half second. */
function sentence(start: number, text: string, speaker: string | null = null): Segment {
  const words = text.split(' ').map((word, i) => ({
    ...{ text: word, start: start + i / 2, end: start + i / 2 + 0.4 },
    ...{ confidence: 0.9, timing: 'exact' as const },
  }))
  return { ordinal: 0, start, end: words.at(-1)?.end ?? start, text, speaker, words }
}

const talk = [
  sentence(1, 'My name is Jon Smith.', 'Speaker 1'),
  sentence(10, 'Hello, Jon, how are you?', 'Speaker 2'),
  sentence(20, 'I am fine, thank you.', 'Speaker 1'),
]
const timesOf = (segments: readonly Segment[]) =>
  segments.flatMap(({ words }) => words.map(({ text, start }) => `${text} ${start}`))

describe('replacePhrase', () => {
  const replace = (find: string, replacement: string) =>
    replacePhrase({ segments: talk, find, replacement, language: 'en' })

  test('keeps times and punctuation wherever a word is said', () => {
    const { segments, count } = replace('jon', 'John')
    expect(count).toBe(2)
    expect(segments[0]).toMatchObject({ text: 'My name is John Smith.', start: 1 })
    expect(segments[1]?.words[1]).toMatchObject({ text: 'John,', start: 10.5, end: 10.9 })
  })

  test('splits one word into two inside its time, and joins two', () => {
    const split = replace('thank', 'many thanks to').segments[2]
    expect(split?.words.map(({ text }) => text)).toEqual(['I', 'am', 'fine,', 'many', 'thanks', 'to', 'you.'])
    expect(split?.words[3]).toMatchObject({ start: 21.5, timing: 'estimated' })
    expect(split?.words[5]?.end).toBe(21.9)
    const joined = replace('Jon Smith', 'Jonsmith').segments[0]
    expect(joined?.words.at(-1)).toMatchObject({ text: 'Jonsmith.', start: 2.5, end: 3.4, timing: 'exact' })
  })

  test('removes words, and sentences that are left without any', () => {
    expect(replace('how are you', '').segments[1]?.text).toBe('Hello, Jon,')
    expect(replace('I am fine thank you', '').segments).toHaveLength(2)
  })

  test('refuses what nobody says, across sentences too, and to remove everything', () => {
    expect(() => replace('Mary', 'Maria')).toThrow(expect.objectContaining({ code: 'PHRASE_NOT_FOUND' }))
    expect(() => replace('Smith Hello', 'x')).toThrow(expect.objectContaining({ code: 'PHRASE_NOT_FOUND' }))
    expect(() => replace('...', 'x')).toThrow(expect.objectContaining({ code: 'PHRASE_NOT_FOUND' }))
    const one = { segments: [sentence(0, 'Hello.')], find: 'hello', replacement: '', language: 'en' }
    expect(() => replacePhrase(one)).toThrow(expect.objectContaining({ code: 'TRANSCRIPT_WOULD_BE_EMPTY' }))
  })

  test('takes its own punctuation where it brings some', () => {
    expect(replace('Smith', 'Smith!').segments[0]?.text).toBe('My name is Jon Smith!')
  })
})

describe('matchWords', () => {
  const match = (old: string, edited: string) => [...matchWords(old.split(' '), edited.split(' '))]

  test('follows words that were put in, left out and changed', () => {
    expect(match('a b c d e f', 'a b x c d e f')).toEqual([0, 1, -1, 2, 3, 4, 5])
    expect(match('a b c d e f', 'a b d e f')).toEqual([0, 1, 3, 4, 5])
    expect(match('a b c d e f', 'a b x d e f')).toEqual([0, 1, -1, 3, 4, 5])
  })

  test('finds the text again after a paragraph that is new', () => {
    const [old, added] = [
      Array.from({ length: 300 }, (_, i) => `w${i}`),
      Array.from({ length: 150 }, (_, i) => `n${i}`),
    ]
    const edited = [...old.slice(0, 100), ...added, ...old.slice(100)]
    const matches = [...matchWords(old, edited)]
    expect(matches.filter((one) => one !== -1)).toEqual(old.map((_, i) => i))
  })

  test('takes no longer than it must for texts of a hundred thousand words', () => {
    const old = Array.from({ length: 100_000 }, (_, i) => `w${i % 977}`)
    const edited = old.map((word, i) => (i % 50 === 0 ? 'x' : word))
    expect(matchWords(old, edited).filter((one) => one === -1)).toHaveLength(2000)
  })
})

describe('carryTimes', () => {
  const carry = (edited: { speaker?: string | null; words: string }[]) =>
    carryTimes({
      segments: talk,
      edited: edited.map(({ speaker, words }) => ({ speaker, words: words.split(' ') })),
      ...{ language: 'en', duration: 60, name: 'talk.txt' },
    })
  const unchanged = talk.map(({ text }) => ({ words: text }))

  test('changes nothing where nothing was changed', () => {
    const { segments, changes } = carry(unchanged)
    expect(changes).toBe(0)
    expect(timesOf(segments)).toEqual(timesOf(talk))
    expect(segments.map(({ speaker }) => speaker)).toEqual(['Speaker 1', 'Speaker 2', 'Speaker 1'])
  })

  test('gives changed words the time of those they stand for', () => {
    const { segments, changes } = carry([{ words: 'My name is John Smythe.' }, ...unchanged.slice(1)])
    expect(timesOf(segments).slice(0, 5)).toEqual(['My 1', 'name 1.5', 'is 2', 'John 2.5', 'Smythe. 3'])
    expect(changes).toBe(2)
  })

  test('puts new words into the pause around them, also at the end', () => {
    const { segments } = carry([...unchanged, { words: 'And good night to all of you.' }])
    const last = segments.at(-1)
    expect(last?.text).toBe('And good night to all of you.')
    expect(last?.start).toBeGreaterThanOrEqual(22.4)
    expect(last?.end).toBeLessThan(26)
  })

  test('takes speakers where the text has them', () => {
    const { segments } = carry(talk.map(({ text }, i) => ({ words: text, speaker: ['Ana', 'Ben', null][i] ?? null })))
    expect(segments.map(({ speaker }) => speaker)).toEqual(['Ana', 'Ben', null])
  })

  test('refuses another text, and none', () => {
    const other = [{ words: 'The quick brown fox jumps over the lazy dog and goes home again to sleep' }]
    expect(() => carry(other)).toThrow(expect.objectContaining({ code: 'CORRECTIONS_DO_NOT_MATCH' }))
    expect(() => carry([])).toThrow(expect.objectContaining({ code: 'TRANSCRIPT_WOULD_BE_EMPTY' }))
  })
})

describe('renameSpeakers', () => {
  test('names people, and makes two of the same name one', () => {
    const renamed = renameSpeakers(
      talk,
      new Map([
        ['Speaker 1', 'Ana'],
        ['Speaker 2', 'Ana'],
      ]),
    )
    expect(speakersOf(renamed)).toMatchObject([{ name: 'Ana', segments: 3 }])
  })

  test('names those without a name', () => {
    expect(renameSpeakers([sentence(0, 'Hello.')], new Map([['nobody', 'Ana']]))[0]?.speaker).toBe('Ana')
  })

  test('knows whom it does not know', () => {
    expect(() => renameSpeakers(talk, new Map([['Bob', 'Ana']]))).toThrow(
      expect.objectContaining({ code: 'SPEAKER_UNKNOWN', hint: 'There are: Speaker 1, Speaker 2.' }),
    )
  })
})

describe('readEditedText', () => {
  const read = (text: string) =>
    readEditedText(Buffer.from(text), { name: 'x', language: 'en', speakers: ['Ana', 'Speaker 2'] })

  test('reads paragraphs with speakers that are known; others are words', () => {
    expect(read('Ana: Hello there.\n\nSpeaker 2: Note: this.\n\nStill me.\n')).toEqual([
      { speaker: 'Ana', words: ['Hello', 'there.'] },
      { speaker: 'Speaker 2', words: ['Note:', 'this.'] },
      { speaker: 'Speaker 2', words: ['Still', 'me.'] },
    ])
  })

  test('reads captions by their text', () => {
    expect(read('1\n00:00:01,000 --> 00:00:02,000\nAna: Hello\nthere.\n')).toEqual([
      { speaker: 'Ana', words: ['Hello', 'there.'] },
    ])
  })

  test('refuses what is no text', () => {
    expect(() => read('')).toThrow(expect.objectContaining({ code: 'TRANSCRIPT_UNREADABLE' }))
    expect(() => read('\u0000'.repeat(100))).toThrow(expect.objectContaining({ code: 'TRANSCRIPT_UNREADABLE' }))
  })
})

test('settleEdited keeps segments, and times inside the recording', () => {
  const late = sentence(59.8, 'the very end of it')
  const settled = settleEdited([...talk, { ...sentence(30, 'x'), words: [] }, late], 60)
  expect(settled.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3])
  expect(settled.at(-1)).toMatchObject({ text: 'the', end: 60 })
})

test('what is said of a chosen version is said once', () => {
  const warnings = ['2 cues were dropped.', sayChosen(null), sayChosen('"a" became "b" once')]
  expect(withoutChosen(warnings)).toEqual(['2 cues were dropped.'])
})
