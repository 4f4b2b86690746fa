import { describe, expect, it } from 'vitest'
import { conversation, type Line } from '../conversation-for-test.ts'
import { factsOf, spanOf } from '../facts-for-test.ts'
import { centrality } from './centrality.ts'
import { completeness } from './completeness.ts'
import { novelty } from './novelty.ts'

const boats: Line[] = Array.from({ length: 24 }, (_, i) => [
  'Ana',
  i % 2 === 0 ? 'Wooden boats leak when the harbour freezes.' : 'A boat in the harbour needs fresh tar.',
])
const aside: Line = ['Bo', 'Yesterday my grandmother fought a raccoon with an umbrella and a trombone.']
const facts = factsOf(conversation([...boats.slice(0, 12), aside, ...boats.slice(12)]))

describe('centrality', () => {
  it('is higher on the main subject than in an aside, singular and plural alike', () => {
    expect(centrality.measure(spanOf(facts, 2, 5), facts)).toBeGreaterThan(0.8)
    expect(centrality.measure(spanOf(facts, 12, 12), facts)).toBeLessThan(0.5)
    expect(centrality.explain(spanOf(facts, 2, 3), facts)).toContain('“harbour”')
  })

  it('is 0 where no word says anything', () => {
    const empty = factsOf(conversation([['Ana', 'Yeah, you know, it is like that.']]))
    expect(centrality.measure(spanOf(empty), empty)).toBe(0)
  })
})

describe('novelty', () => {
  it('is higher where words are new', () => {
    expect(novelty.measure(spanOf(facts, 12, 12), facts)).toBeGreaterThan(
      4 * (novelty.measure(spanOf(facts, 2, 2), facts) ?? 1),
    )
    expect(novelty.explain(spanOf(facts, 12, 12), facts)).toBe(
      'Says what nobody says elsewhere: “grandmother”, “Yesterday”, “umbrella”',
    )
  })
})

describe('completeness', () => {
  const measured = (lines: Line[], pause?: number) => {
    const made = factsOf(
      conversation([['Cy', 'Before.'], ...lines, ['Cy', 'Afterwards.']], pause === undefined ? {} : { pause }),
    )
    return completeness.measure(spanOf(made, 1, lines.length), made) ?? Number.NaN
  }

  it('wants an opening that leans on nothing and an end that leaves nothing open', () => {
    const whole = measured([['Ana', 'Boats leak.']])
    expect(measured([['Ana', 'Boats leak.']], 1.3)).toBeGreaterThan(whole + 0.1)
    expect(measured([['Ana', 'And boats leak.']])).toBeLessThan(whole)
    expect(measured([['Ana', 'Do boats leak?']])).toBeLessThan(whole)
    expect(
      measured([
        ['Ana', 'Boats leak.'],
        ['Bo', 'Now, what about the birds in the garden?'],
        ['Ana', 'They sing.'],
      ]),
    ).toBeLessThan(whole + 0.05)
  })

  it('mentions the pause after it', () => {
    const made = factsOf(
      conversation(
        [
          ['Ana', 'Boats leak.'],
          ['Ana', 'Birds sing.'],
        ],
        { pause: 1.3 },
      ),
    )
    expect(completeness.explain(spanOf(made, 0, 0), made)).toBe('Stands alone, with a pause of 1.3 s after it')
  })
})
