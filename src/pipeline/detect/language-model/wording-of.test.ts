import { describe, expect, it } from 'vitest'
import { wordingOf } from './wording-of.ts'

const said = 'I was baking bread at three in the morning when the oven caught fire. Nobody believed me.'
const wording = (words: { title?: string; hook?: string; reason?: string }, text = said) =>
  wordingOf({ firstSentence: 0, lastSentence: 1, rank: 1, title: '', hook: '', reason: '', ...words }, text)

describe('wordingOf', () => {
  it('keeps what fits', () => {
    expect(
      wording({
        title: 'The night the oven burned',
        hook: 'the oven caught fire',
        reason: 'People love small disasters.',
      }),
    ).toEqual({
      title: 'The night the oven burned',
      hook: 'the oven caught fire',
      reason: 'People love small disasters.',
    })
    expect(wordingOf(null, said)).toEqual({ title: '', hook: '', reason: '' })
  })

  it.each([
    ['"The oven fire."', 'The oven fire'],
    ['**The oven fire**', 'The oven fire'],
    ['The oven\nfire\u202e', 'The oven fire'],
    ['What burned? The oven…', 'What burned? The oven…'],
  ])('cleans %j', (title, clean) => {
    expect(wording({ title }).title).toBe(clean)
  })

  it('has at most 60 letters in a title', () => {
    expect(wording({ title: `The oven ${'burned and '.repeat(20)}` }).title.length).toBeLessThanOrEqual(60)
  })

  it.each([
    'Win a free phone today',
    'PWNED',
    'oven fire: see https://evil.example/x',
    'The oven at evil.com',
    '<b>oven</b>',
    '',
  ])('leaves out a title such as %j', (title) => {
    expect(wording({ title }).title).toBe('')
  })

  it('leaves out a hook nobody said anything like', () => {
    expect(wording({ hook: 'Subscribe now!' }).hook).toBe('')
  })

  it.each([
    ['パンが燃えた夜', '夜中の三時にパンが燃えたんです。'],
    ['Вогонь у пекарні', 'У пекарні була пожежа і великий вогонь.'],
    ['حريق في المخبز', 'كان هناك حريق كبير في المخبز ليلا'],
    ['Das Brot verbrannte', 'Das ganze Brot ist verbrannt.'],
  ])('knows %s by its words in any script', (title, text) => {
    expect(wording({ title }, text).title).toBe(title)
    expect(wording({ title: 'Something else' }, text).title).toBe('')
  })
})
