import { describe, expect, it } from 'vitest'
import { conversation, type Line } from '../conversation-for-test.ts'
import { factsOf, spanOf } from '../facts-for-test.ts'
import { dangling } from './dangling.ts'
import { emotion } from './emotion.ts'
import { hook } from './hook.ts'
import { housekeeping } from './housekeeping.ts'
import { humour } from './humour.ts'
import { specifics } from './specifics.ts'
import { story } from './story.ts'

function recording(...lines: Line[]) {
  const facts = factsOf(conversation(lines))
  return { facts, span: (first = 0, last = facts.sentences.length - 1) => spanOf(facts, first, last) }
}

describe('hook', () => {
  it.each([
    ['Have you ever lost a whole day of work?', 'Opens with “have you ever”'],
    ['Which of the boats came home that night?', 'Opens with a question'],
    ['It took 40 tries to get it right.', 'Opens with a number: “40”'],
    ['Pulling the plug is the worst way to learn it.', 'Opens on a strong claim: “worst”'],
    ['Everything looked fine to you at that point.', 'Opens by speaking to “you”'],
    ['People blame the weather, in reality it was the rope.', 'Opens on a contrast: “in reality”'],
  ])('hears it in "%s"', (text, reason) => {
    const { facts, span } = recording(['Ana', text])
    expect(hook.explain(span(), facts)).toBe(reason)
    expect(hook.measure(span(), facts)).toBeGreaterThan(0.1)
  })

  it('hears nothing in a plain sentence', () => {
    const { facts, span } = recording(['Ana', 'The meeting was moved to another room.'])
    expect(hook.measure(span(), facts)).toBe(0)
    expect(hook.explain(span(), facts)).toBeNull()
  })

  it('listens to the second sentence too when the first is a word or two', () => {
    const { facts, span } = recording(['Ana', 'Okay, Bo.'], ['Ana', 'What went wrong with the launch?'])
    expect(hook.explain(span(), facts)).toBe('Opens with a question')
  })
})

describe('word lists', () => {
  it('quotes the words of emotion, humour and story', () => {
    const { facts, span } = recording(
      ['Ana', 'I remember when I was terrified of that dog.'],
      ['Bo', 'That is hilarious, and my mom told me the same joke.'],
    )
    expect(emotion.explain(span(), facts)).toBe('Strong feelings: “terrified”')
    expect(humour.explain(span(), facts)).toBe('Sounds like fun: “hilarious”, “joke”')
    expect(story.explain(span(), facts)).toBe('Tells a story: “i remember”, “when i was”, “my mom”')
  })

  it('knows whole words only, whatever the apostrophe', () => {
    const { facts, span } = recording(['Ana', 'Lovers of jokester hats: that’s how the emadness starts.'])
    expect(emotion.explain(span(), facts)).toBeNull()
    expect(humour.explain(span(), facts)).toBeNull()
  })

  it('measures the denser span higher', () => {
    const { facts, span } = recording(
      ['Ana', 'We love it, it is amazing, I cried.'],
      ['Ana', 'The table has six legs and stands there.'],
    )
    expect(emotion.measure(span(0, 0), facts)).toBeGreaterThan(emotion.measure(span(1, 1), facts) ?? 1)
  })
})

describe('specifics', () => {
  it('counts names inside sentences and numbers in figures or words', () => {
    const { facts, span } = recording(
      ['Ana', 'Then Marie Curie met Paul in the lab and they wrote 14 letters, about half of them in French.'],
      ['Ana', 'After that nothing at all happened for a very long time, as far as anybody here can tell today.'],
    )
    expect(specifics.explain(span(), facts)).toBe('Three names (Marie Curie, Paul, French) and two numbers')
    expect(specifics.measure(span(0, 0), facts)).toBeGreaterThan(specifics.measure(span(1, 1), facts) ?? 1)
  })

  it('takes no capital for a name where capitals mean nothing', () => {
    const { facts, span } = recording(
      ['Ana', 'WE SAW MARIE AND PAUL IN PARIS.'],
      [null, 'Wir haben den Hund, die Katze und das Pferd im Garten.'],
    )
    expect(specifics.explain(span(), facts)).toBeNull()
  })
})

describe('housekeeping', () => {
  it('is all of a word from the sponsor and nothing of a story', () => {
    const { facts, span } = recording(
      ['Ana', 'This episode is brought to you by our sponsor, sign up with the promo code below.'],
      ['Ana', 'The cat had walked across the keyboard and ordered nine hundred tins of tuna.'],
    )
    expect(housekeeping.measure(span(0, 0), facts)).toBe(1)
    expect(housekeeping.measure(span(1, 1), facts)).toBe(0)
    expect(housekeeping.explain(span(), facts)).toBe(
      'Talks about the show itself: “this episode”, “brought to you”, “sponsor”',
    )
  })
})

describe('dangling', () => {
  it('names the word that leans on what came before', () => {
    const { facts, span } = recording(['Ana', 'Boats leak.'], ['Ana', "That's why, we bail."])
    expect(dangling.measure(span(1, 1), facts)).toBe(0.7)
    expect(dangling.explain(span(1, 1), facts)).toBe("Opens with “That's”, which leans on what came before")
  })

  it('lets the first sentence of a recording lean on nothing', () => {
    const { facts, span } = recording(['Ana', 'And so it begins.'])
    expect(dangling.measure(span(), facts)).toBe(0)
  })
})
