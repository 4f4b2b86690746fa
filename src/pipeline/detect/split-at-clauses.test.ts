import { describe, expect, it } from 'vitest'
import { conversation } from './conversation-for-test.ts'
import { splitAtClauses } from './split-at-clauses.ts'
import { spokenWords } from './spoken-words.ts'

function piecesOf(
  text: string,
  { maxSeconds = 4, pieceSeconds = maxSeconds }: { maxSeconds?: number; pieceSeconds?: number } = {},
) {
  const words = spokenWords({ segments: conversation([[null, text]]), duration: 1e6 })
  const spans = splitAtClauses({ words, span: { first: 0, last: words.length - 1 }, maxSeconds, pieceSeconds })
  return spans.map(({ first, last }) =>
    words
      .slice(first, last + 1)
      .map((word) => word.text)
      .join(' '),
  )
}

describe('splitAtClauses', () => {
  it('leaves alone what is short enough', () => {
    expect(piecesOf('one two, three four')).toEqual(['one two, three four'])
  })

  it('prefers a semicolon to a comma near the middle', () => {
    expect(piecesOf('a b, c d e f; g h i j k l', { maxSeconds: 3 })[0]).toBe('a b, c d e f;')
  })

  it('takes a conjunction when there are no marks', () => {
    expect(piecesOf('we walked up to the top but nobody was waiting there')).toEqual([
      'we walked up to the top',
      'but nobody was waiting there',
    ])
  })

  it('takes the longest pause when there is nothing to read', () => {
    const segments = [...conversation([[null, 'a b c d']]), ...conversation([[null, 'e f g h']], { from: 4 })]
    const words = spokenWords({ segments, duration: 60 })
    expect(splitAtClauses({ words, span: { first: 0, last: 7 }, maxSeconds: 3, pieceSeconds: 3 })).toEqual([
      { first: 0, last: 3 },
      { first: 4, last: 7 },
    ])
  })

  it('splits three hours of one cue into pieces that fit, without losing a word', () => {
    const text = Array.from({ length: 27_000 }, (_, i) => `word${i}`).join(' ')
    const pieces = piecesOf(text, { maxSeconds: 60, pieceSeconds: 40 })
    expect(pieces.join(' ')).toBe(text)
    expect(Math.max(...pieces.map((piece) => piece.split(' ').length * 0.4))).toBeLessThanOrEqual(40)
  })

  it('never splits a single word, however long it lasts', () => {
    expect(piecesOf('aaa', { maxSeconds: 0.1 })).toEqual(['aaa'])
  })
})
