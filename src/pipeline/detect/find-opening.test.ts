import { describe, expect, it } from 'vitest'
import { conversation, type Line } from './conversation-for-test.ts'
import { factsOf } from './facts-for-test.ts'
import { findOpening, leanOf } from './find-opening.ts'

function openingOf(lines: readonly Line[], index: number) {
  const { sentences } = factsOf(conversation(lines))
  return sentences[findOpening(sentences, index)]?.text
}

describe('findOpening', () => {
  it('starts at the question rather than at its answer', () => {
    const lines: Line[] = [
      ['Ana', 'Let us move on.'],
      ['Ana', 'How did you lose the boat?'],
      ['Bo', 'We tied the rope to the wrong post.'],
    ]
    expect(openingOf(lines, 2)).toBe('How did you lose the boat?')
  })

  it('goes back from words that lean on what came before, step by step', () => {
    const lines: Line[] = [
      ['Ana', 'My uncle sold kites.'],
      ['Ana', 'He painted every one of them.'],
      ['Ana', 'And that took all winter.'],
    ]
    expect(openingOf(lines, 2)).toBe('My uncle sold kites.')
  })

  it('goes back from a short remark to what it is about', () => {
    const lines: Line[] = [
      ['Ana', 'The bridge opened twice a day for forty years.'],
      ['Bo', 'Wow.'],
    ]
    expect(openingOf(lines, 1)).toBe('The bridge opened twice a day for forty years.')
  })

  it('stays where a sentence stands alone', () => {
    const lines: Line[] = [
      ['Ana', 'The weather was fine.'],
      ['Ana', 'Most boats leak within ten years.'],
    ]
    expect(openingOf(lines, 1)).toBe('Most boats leak within ten years.')
  })

  it('does not reach back across a long silence, nor further than three sentences and ten seconds', () => {
    const early = conversation([['Ana', 'Did you hear it?']])
    const late = conversation([['Bo', 'That was the bell.']], { from: 30 })
    const { sentences } = factsOf([...early, ...late])
    expect(findOpening(sentences, 1)).toBe(1)
    const chain = factsOf(
      conversation(Array.from({ length: 9 }, (_, i): Line => ['Ana', `And thing number ${i} came along.`])),
    )
    expect(findOpening(chain.sentences, 8)).toBe(5)
  })
})

describe('leanOf', () => {
  it.each([
    ['And we left.', 1],
    ['Because it rained.', 1],
    ["That's why he left.", 0.7],
    ['So we left.', 0.5],
    ['Boats leak.', 0],
    ['Is it true?', 0],
  ])('weighs %s', (text, lean) => {
    expect(leanOf(factsOf(conversation([['Ana', text]])).sentences[0] ?? fail())).toBe(lean)
  })
})

function fail(): never {
  throw new Error('no sentence')
}
