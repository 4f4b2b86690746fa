import { describe, expect, it } from 'vitest'
import { chooseTitle } from './choose-title.ts'
import { conversation, type Line } from './conversation-for-test.ts'
import { factsOf, spanOf } from './facts-for-test.ts'
import { shorten } from './shorten.ts'

function titleOf(...lines: Line[]) {
  const facts = factsOf(conversation(lines))
  return chooseTitle(spanOf(facts), facts)
}

describe('chooseTitle', () => {
  it('takes the sentence that promises most, without filler or full stop', () => {
    expect(
      titleOf(
        ['Ana', 'Yeah, you know.'],
        ['Ana', 'We looked at it for some time.'],
        ['Bo', 'Well, um, the biggest mistake was trusting the backup.'],
        ['Ana', 'Right.'],
      ),
    ).toBe('The biggest mistake was trusting the backup')
  })

  it('keeps the mark of a question', () => {
    expect(titleOf(['Ana', 'So, have you ever deleted a production database?'])).toBe(
      'Have you ever deleted a production database?',
    )
  })

  it('cuts a long sentence at a word and says so', () => {
    const title = titleOf([
      'Ana',
      'The thing is that every single one of the eleven engines had been mounted backwards since the day they were built.',
    ])
    expect(title).toBe('The thing is that every single one of the eleven engines…')
    expect(title.length).toBeLessThanOrEqual(60)
  })

  it('never takes thanks to a sponsor while there is anything else', () => {
    expect(titleOf(['Ana', 'Thanks to our sponsor for the best show.'], ['Ana', 'Boats leak in winter.'])).toBe(
      'Boats leak in winter',
    )
  })

  it('takes the claim, not the remark that announces it', () => {
    expect(
      titleOf(
        ['Ana', 'Now, we talked about this before the show.'],
        ['Ana', 'You sleep in a tent on your own roof.'],
        ['Bo', 'Most nights.'],
      ),
    ).toBe('You sleep in a tent on your own roof')
    expect(titleOf(['Ana', 'Tell us one thing that we can try.'], ['Bo', 'Never paint a door on a windy day!'])).toBe(
      'Never paint a door on a windy day',
    )
  })

  it('opens with no connective and ends with no comma', () => {
    expect(titleOf(['Ana', 'And then the whole bridge was painted pink,'], ['Bo', 'Ha.'])).toBe(
      'Then the whole bridge was painted pink',
    )
  })

  it('leaves no quotation half open', () => {
    expect(titleOf(['Bo', 'My aunt looked at the wolf and asked: "Whose dog is it?"'])).toBe(
      'My aunt looked at the wolf and asked: "Whose dog is it?"',
    )
  })

  it('has something to say even about filler', () => {
    expect(titleOf(['Ana', 'Um.'])).toBe('Um')
  })
})

describe('shorten', () => {
  it('cuts texts without spaces by characters, emoji whole', () => {
    expect(shorten('今天天气很好我们去公园', 6)).toBe('今天天气很…')
    expect(shorten('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 2)).toBe('👩‍👩‍👧…')
    expect(shorten('short', 60)).toBe('short')
  })
})
