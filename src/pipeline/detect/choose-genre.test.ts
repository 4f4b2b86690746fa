import { expect, it } from 'vitest'
import { chooseGenre } from './choose-genre.ts'
import { conversation, type Line } from './conversation-for-test.ts'
import { factsOf, spanOf } from './facts-for-test.ts'

function genreOf(...lines: Line[]) {
  const facts = factsOf(conversation(lines))
  return chooseGenre({ ...spanOf(facts), features: {} }, facts)
}

it.each([
  ['humour', 'It was a joke, a hilarious one, and we were laughing about the duck all night long until the boat came.'],
  ['story', 'I remember when I was nine, one day my mom told me to wait, and then she came home with a goat.'],
  [
    'advice',
    'You should write it down first. Make sure that you have to think only once. The trick is to start with the end.',
  ],
  ['emotion', 'I was so scared, I cried, and I still feel the shame and the grief and the regret about all of it.'],
  ['news', 'They announced today that the new version was released, and according to them two million people use it.'],
  ['debate', 'I disagree, that is nonsense. Hold on, come on, that is not true and I would argue the other way round.'],
  ['other', 'The shelf stands in the corner of the room, next to the window, where the old table used to stand.'],
])('%s', (genre, text) => {
  expect(genreOf(['Ana', text])).toBe(genre)
})

it('calls a quick exchange a debate when both deny what the other says', () => {
  const debate: Line[] = [
    ['Ana', 'Paying for the bus makes people walk more.'],
    ['Bo', "It doesn't."],
    ['Ana', 'Half of the town walks now.'],
    ['Bo', "That's not because of the bus."],
    ['Ana', 'No, look at the figures.'],
    ['Bo', 'From one wet summer.'],
  ]
  expect(genreOf(...debate)).toBe('debate')
  // One who can't believe it is surprised, not opposed.
  expect(
    genreOf(...debate.map(([who, text]): Line => [who, who === 'Ana' ? text.replace('No, l', 'L') : text])),
  ).not.toBe('debate')
})

it('hears a story in past forms with names and numbers, without one phrase from a list', () => {
  const past =
    'The rope snapped, 14 sailors fell in, and Marta pulled them out while the harbour slept and the tide carried the boat off.'
  expect(genreOf(['Ana', past])).toBe('story')
  expect(genreOf(['Ana', past.replaceAll(/snapped|fell|pulled|slept|carried/g, 'stays')])).toBe('other')
})

it('hears advice in what the listener is told to do', () => {
  expect(
    genreOf(['Ana', 'Never paint in the rain.'], ['Ana', 'Keep the brush dry, and wait until the wood is warm.']),
  ).toBe('advice')
})

it('is a question only where nothing else stands out', () => {
  const plain = factsOf(
    conversation([
      ['Ana', 'Where does the shelf stand?'],
      ['Bo', 'In the corner of the room, next to the window.'],
    ]),
  )
  expect(chooseGenre({ ...spanOf(plain), features: { questionAnswer: 0.8 } }, plain)).toBe('question')
  const told = factsOf(
    conversation([
      ['Ana', 'What should we do?'],
      ['Bo', 'Never wash it. Keep it dry. Stop worrying.'],
    ]),
  )
  expect(chooseGenre({ ...spanOf(told), features: { questionAnswer: 0.8 } }, told)).toBe('advice')
})
