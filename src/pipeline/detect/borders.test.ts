import { describe, expect, it } from 'vitest'
import { conversation, type Line } from './conversation-for-test.ts'
import { factsOf } from './facts-for-test.ts'

/** Borders of lines with an ordinary sentence before and after them, so that no edge of the recording is among them. */
function bordersOf(lines: Line[], pause?: number) {
  const said = [
    ['Cy', 'The lamp hangs over the table there.'],
    ...lines,
    ['Cy', 'The chair stands beside the table there.'],
  ]
  const { borders } = factsOf(conversation(said as Line[], pause === undefined ? {} : { pause }))
  return {
    opening: borders.opening.slice(1, -1),
    closing: borders.closing.slice(1, -1),
    fresh: borders.fresh.slice(1, -2),
  }
}
const plain: Line = ['Ana', 'The boats of the north leak in winter.']

describe('an opening', () => {
  const opening = (line: Line, pause?: number) => bordersOf([line], pause).opening[0] ?? Number.NaN

  it('is better after a pause, on a question, on a scene and on a cue', () => {
    const usual = opening(plain)
    expect(opening(plain, 1.2)).toBeGreaterThan(usual + 0.3)
    expect(opening(['Ana', 'Why do the boats leak in winter?'])).toBeGreaterThan(usual + 0.3)
    expect(opening(['Ana', 'When I was nine, the boats leaked.'])).toBeGreaterThan(usual + 0.2)
    expect(opening(['Ana', 'Now, the boats of the north leak.'])).toBeGreaterThan(usual + 0.3)
  })

  it('is worse on what leans, on filler and on housekeeping', () => {
    const usual = opening(plain)
    for (const text of [
      'And the boats leak in winter.',
      'Okay. Anyway.',
      'Thank you.',
      'Subscribe to the newsletter about boats.',
    ]) {
      expect(opening(['Ana', text])).toBeLessThan(usual - 0.2)
    }
  })

  it('is worse on an answer than on its question', () => {
    const { opening: found } = bordersOf([
      ['Ana', 'Why do the boats leak in winter?'],
      ['Bo', 'The tar cracks in the cold wind.'],
    ])
    expect(found[1]).toBeLessThan((found[0] ?? 0) - 0.8)
  })

  it('lets filler announce what comes after it', () => {
    const { fresh } = bordersOf(
      [
        ['Ana', 'All right.'],
        ['Ana', 'The boats of the north leak.'],
      ],
      0.2,
    )
    const { fresh: without } = bordersOf(
      [
        ['Ana', 'The ice is thin.'],
        ['Ana', 'The boats of the north leak.'],
      ],
      0.2,
    )
    expect(fresh[1]).toBeGreaterThan((without[1] ?? 0) + 0.3)
  })

  it('takes a quoted question for part of the story', () => {
    const { fresh } = bordersOf([
      plain,
      ['Ana', 'He says: "Who has packed it?"'],
      ['Ana', 'Who has packed it in there?'],
    ])
    expect(fresh[1]).toBeLessThan((fresh[2] ?? 0) - 0.2)
  })
})

describe('a closing', () => {
  const closing = (line: Line, ...after: Line[]) => bordersOf([line, ...after]).closing[0] ?? Number.NaN

  it('is worse on a question that is answered next', () => {
    expect(closing(['Ana', 'Why do the boats leak in winter?'], ['Bo', 'The tar cracks.'])).toBeLessThan(
      closing(plain) - 0.8,
    )
  })

  it('is better on a laugh than just before it', () => {
    const { closing: found } = bordersOf([plain, ['Bo', 'Ha ha, no!']])
    expect(found[1]).toBeGreaterThan((found[0] ?? 0) + 0.3)
  })

  it('is better where something new begins than on its first sentence', () => {
    const { closing: found } = bordersOf([
      plain,
      ['Ana', 'Now, what about the birds in your garden?'],
      ['Bo', 'They sing.'],
    ])
    expect(found[0]).toBeGreaterThan((found[1] ?? 0) + 1)
  })

  it('is worse in the middle of a thought', () => {
    for (const text of ['The boats of the north leak, but...', 'The boats of the north--', 'The boats of the, uh...']) {
      expect(closing(['Ana', text])).toBeLessThan(closing(plain) - 0.4)
    }
  })

  it('is worse where the same speaker goes on with "because"', () => {
    expect(closing(plain, ['Ana', 'Because the tar cracks in the cold.'])).toBeLessThan(
      closing(plain, ['Ana', 'Tar cracks in the cold.']),
    )
  })
})
