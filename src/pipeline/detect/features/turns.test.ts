import { describe, expect, it } from 'vitest'
import { conversation, type Line } from '../conversation-for-test.ts'
import { factsOf, spanOf } from '../facts-for-test.ts'
import { address } from './address.ts'
import { bursts } from './bursts.ts'
import { exchange } from './exchange.ts'
import { questionAnswer } from './question-answer.ts'
import { reaction } from './reaction.ts'

const monologue: Line[] = Array.from({ length: 6 }, (_, i) => [
  'Ana',
  `Sentence number ${i} of a long and quiet talk about nothing much that anyone would want to hear again.`,
])
const banter: Line[] = [
  ['Bo', 'No way.'],
  ['Ana', 'It is true, Bo.'],
  ['Bo', 'You ate it?'],
  ['Ana', 'All of it.'],
  ['Bo', 'Wow.'],
]

describe('exchange', () => {
  const facts = factsOf(conversation([...monologue, ...banter]))

  it('is higher in banter than in a monologue, and says between whom', () => {
    const quick = spanOf(facts, 6, 10)
    expect(exchange.measure(quick, facts)).toBeGreaterThan(exchange.measure(spanOf(facts, 0, 2), facts) ?? 9)
    expect(exchange.explain(quick, facts)).toBe('Quick back-and-forth between Bo and Ana: 5 turns in 6 seconds')
    expect(exchange.explain(spanOf(facts, 0, 2), facts)).toBeNull()
  })

  it('is not measured when nobody is told apart', () => {
    const unknown = factsOf(conversation(monologue.map(([, text]): Line => [null, text])))
    expect(exchange.measure(spanOf(unknown), unknown)).toBeNull()
  })
})

describe('bursts', () => {
  it('prefers short sentences', () => {
    const facts = factsOf(conversation([...monologue, ...banter]))
    expect(bursts.measure(spanOf(facts, 6, 10), facts)).toBeGreaterThan(bursts.measure(spanOf(facts, 0, 2), facts) ?? 9)
    expect(bursts.explain(spanOf(facts, 6, 10), facts)).toBe('Short, quick sentences, about 3 words each')
  })
})

describe('reaction', () => {
  it('looks at what follows, not at the span', () => {
    const facts = factsOf(conversation([...monologue, ...banter]))
    expect(reaction.measure(spanOf(facts, 4, 5), facts)).toBe(6)
    expect(reaction.explain(spanOf(facts, 4, 5), facts)).toBe('Others react at once: five short remarks right after it')
    expect(reaction.measure(spanOf(facts, 0, 1), facts)).toBe(0)
  })
})

describe('address', () => {
  it('counts speakers called by their first name', () => {
    const facts = factsOf(
      conversation([
        ['Anna Blum', 'Come on, Robert, tell them.'],
        ['Robert Fox', 'It was Anna’s idea.'],
      ]),
    )
    expect(address.explain(spanOf(facts), facts)).toBe('They call each other by name (twice)')
  })

  it('is not measured with labels for names', () => {
    const facts = factsOf(
      conversation([
        ['Speaker 1', 'The speaker is broken.'],
        ['Speaker 2', 'Yes.'],
      ]),
    )
    expect(address.measure(spanOf(facts), facts)).toBeNull()
  })
})

describe('questionAnswer', () => {
  const ask: Line = ['Ana', 'How did you find the leak in the end?']
  const answer: Line = [
    'Bo',
    'We poured ink into the tank and walked along the pipe until somebody saw a blue spot on the snow.',
  ]

  it('needs the question and an answer of some length', () => {
    const facts = factsOf(conversation([ask, answer]))
    expect(questionAnswer.explain(spanOf(facts), facts)).toBe('Ana asks, Bo answers')
    expect(questionAnswer.measure(spanOf(facts), facts)).toBeGreaterThan(0.9)
    const short = factsOf(conversation([ask, ['Bo', 'By luck.']]))
    expect(questionAnswer.measure(spanOf(short), short)).toBe(0)
  })

  it('does not count a question that ends the span', () => {
    const facts = factsOf(conversation([answer, ask]))
    expect(questionAnswer.measure(spanOf(facts), facts)).toBe(0)
  })
})
